namespace Drover.Reconcile;

/// <summary>How long a key waits after failures in a row: doubled each time up to a limit, with jitter.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">The limit of the wait, before jitter.</param>
public sealed record BackOff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>Jitter as a share of the wait: it lies between 80 and 120 percent.</summary>
    public const double Jitter = 0.2;

    /// <summary>From 200 ms to one minute.</summary>
    public static BackOff Default { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1));

    /// <param name="failures">Failures in a row, 1 for the first.</param>
    /// <param name="random">Draws the jitter.</param>
    public TimeSpan Wait(int failures, Random random)
    {
        var doubled = First.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 40));
        var wait = Math.Min(doubled, Longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(wait * (1 - Jitter + (2 * Jitter * random.NextDouble())));
    }
}
