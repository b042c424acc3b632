using System.Globalization;

namespace Drover.Client.Waiting;

/// <summary>Something did not come to be in the time given.</summary>
/// <param name="subject">What was waited for, such as "service web".</param>
/// <param name="state">The state it was last in.</param>
/// <param name="reason">Why, in the server's words; null where it said nothing.</param>
/// <param name="limit">The time given.</param>
public sealed class WaitTimeoutException(string subject, string? state, string? reason, TimeSpan limit)
    : Exception($"{subject} is {state ?? "not there"} after {limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s{(reason is null ? "" : $": {reason}")}")
{
    public string? State { get; } = state;

    public string? Reason { get; } = reason;
}
