namespace Drover.Reconcile;

/// <summary>How work on a key ended when nothing failed.</summary>
/// <param name="WakeAt">When to look again even if nothing changes; null for never.</param>
public readonly record struct Outcome(DateTimeOffset? WakeAt)
{
    /// <summary>Nothing more to do until something changes.</summary>
    public static Outcome Settled => default;

    public static Outcome Wake(DateTimeOffset at) => new(at);
}
