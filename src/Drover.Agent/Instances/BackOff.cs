namespace Drover.Agent.Instances;

/// <summary>How long the host waits before it tries something again.</summary>
public static class BackOff
{
    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>After so many runs in a row that ended early: 100 ms, doubling.</summary>
    public static TimeSpan OfEnds(int ends) => Doubling(TimeSpan.FromMilliseconds(100), ends);

    /// <summary>After so many steps in a row that failed: 1 s, doubling.</summary>
    public static TimeSpan OfFailures(int failures) => Doubling(TimeSpan.FromSeconds(1), failures);

    /// <summary>The first wait is <paramref name="first"/>, each further one twice as long, none longer than <see cref="Longest"/>.</summary>
    public static TimeSpan Doubling(TimeSpan first, int count)
    {
        if (count <= 0) return TimeSpan.Zero;
        var factor = 1L << Math.Min(count - 1, 20);
        return first.Ticks * factor > Longest.Ticks ? Longest : first * factor;
    }
}
