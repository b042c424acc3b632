using Drover.Model.Kernel;

namespace Drover.Server.Services;

/// <summary>How fast upgrades go. The contract gives their numbers no upper end, so the ends are here.</summary>
internal static class UpgradePace
{
    /// <summary>The longest time between two batches, in milliseconds: what compose files may say as well.</summary>
    public const long LongestInterval = int.MaxValue;

    /// <summary>The time from the proof of one batch to the next, whatever is stored.</summary>
    public static TimeSpan Interval(long? millis) => TimeSpan.FromMilliseconds(Math.Clamp(millis ?? 0, 0, LongestInterval));

    /// <summary>What is wrong with the interval of a wish.</summary>
    public static IEnumerable<Problem> Check(long? intervalMillis) => AtMost("intervalMillis", intervalMillis, LongestInterval);

    /// <summary>Refuses a number above the end of its field.</summary>
    public static IEnumerable<Problem> AtMost(string field, long? number, long most)
        => number > most ? [new Problem("MaxLimitExceeded", field, $"{field} is at most {most}")] : [];
}
