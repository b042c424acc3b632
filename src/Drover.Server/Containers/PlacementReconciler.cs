using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Reconcile;
using Drover.Scheduling;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>Gives containers a host. Its keys are environments: all that waits in one is placed in one go.</summary>
public sealed class PlacementReconciler(ResourceStore store, PlacementIndex index, PlacementCommit commit, TimeProvider time) : Reconciler
{
    /// <summary>The most units placed by one write, so that no write keeps the others waiting.</summary>
    private const int BatchSize = 500;

    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Of<Container>((change, _) => Wakes(change) ? [change.Entry.Wanted.AccountId ?? 0] : []),
        Source.Of<Host>((change, _) => [change.Entry.Wanted.AccountId ?? 0]),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["container.seen:unplaced", "container.hostId", "container.primaryIpAddress", "container.primaryNetworkId", "container.agentIds", "host.addressBlocks"];

    /// <inheritdoc/>
    public override IEnumerable<long> KeysAtStart(Snapshot snapshot)
        => snapshot.All<Container>().Where(ContainerUses.IsUnplaced).Select(c => c.Wanted.AccountId ?? 0).Distinct();

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var area = index.Of(key);
        var snapshot = store.Current;
        if (area.Rejected.Any(id => snapshot.Find<Container>(id) is { } entry && ContainerUses.IsRejected(entry) && RejectedUnits.MayMove(snapshot, entry)))
            await store.WriteAsync(tx => PlaceAnew(tx, area.Rejected), cancel).ConfigureAwait(false); // which wakes this environment once more
        if (area.Unplaced.IsEmpty) return Outcome.Settled;
        var units = PlacementRequests.Of(snapshot, area.Unplaced, now);
        var view = area.View;
        var lost = false;
        foreach (var batch in units.Chunk(BatchSize))
        {
            var byKey = batch.ToDictionary(unit => unit.Request.Key);
            var result = Scheduler.Place(view, batch.Select(unit => unit.Request), Seed(snapshot.Revision));
            view = result.View;
            if (result.Placed.IsEmpty && result.Waiting.All(w => IsExplained(byKey[w.Key], w.Reason))) continue;
            var losers = await store.WriteAsync(tx => commit.Apply(tx, byKey, result), cancel).ConfigureAwait(false);
            lost |= losers.Length > 0;
        }

        if (lost) throw new ConflictException("places were taken meanwhile");
        var retries = units.SelectMany(u => u.Containers).Select(c => ((ContainerSeen)c.Seen).RejectedUntil).Where(until => until > now).ToList();
        return new Outcome(retries.Count > 0 ? retries.Min() : null);
    }

    private static void PlaceAnew(WriteTx tx, IEnumerable<long> rejected)
    {
        foreach (var id in rejected)
            if (tx.View.Find<Container>(id) is { } entry && ContainerUses.IsRejected(entry))
                RejectedUnits.PlaceAnew(tx, id);
    }

    // A container that comes, goes, moves, starts or stops; a report of its status frees nothing.
    private static bool Wakes(Change change) => change.Before?.WantedRevision != change.After?.WantedRevision || WasRejected(change);

    private static bool WasRejected(Change change)
        => change.After is { Seen: ContainerSeen after } && after.RejectedUntil != (change.Before?.Seen as ContainerSeen)?.RejectedUntil;

    private static bool IsExplained(UnitRequest unit, string reason)
        => unit.Containers.All(c => c.Seen.Why?.Reason == $"Scheduling failed: {reason}");

    private static int Seed(long revision) => unchecked((int)revision);
}
