using Drover.Model.Kernel;

namespace Drover.Store.Commits;

/// <summary>What a transaction did to one object.</summary>
/// <param name="Before">The object before the transaction; null where it is new.</param>
/// <param name="Last">The object as the transaction left it, or as it was when it was buried.</param>
/// <param name="IsBuried">True where it leaves the live state.</param>
internal readonly record struct PendingChange(Entry? Before, Entry Last, bool IsBuried)
{
    public Change Published => IsBuried ? new Change(Before, null) { Buried = Last } : new Change(Before, Last);
}

/// <summary>A transaction that waits for the journal.</summary>
/// <param name="At">When it was built.</param>
internal sealed record PendingCommit(long Revision, DateTimeOffset At, IReadOnlyList<PendingChange> Changes, IReadOnlyList<Entry> History)
{
    public Commit Published => new(Revision, [.. Changes.Where(change => change.Before is not null || !change.IsBuried).Select(change => change.Published)])
    {
        History = [.. History],
    };
}
