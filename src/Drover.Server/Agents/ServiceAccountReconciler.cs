using System.Collections.Immutable;
using Drover.Model.Agents;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Server.Api.Writes;
using Drover.Store;

namespace Drover.Server.Agents;

/// <summary>Takes service accounts along with their containers, and ends the moves that administrators ask of them.</summary>
public sealed class ServiceAccountReconciler(ResourceStore store) : Reconciler<Agent>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<Agent>(),
        Source.Of<Container>((change, _) => change.After is null && change.Before?.Wanted is Container gone ? gone.AgentIds.Items : []),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["agent.seen:container"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Next(Store.Current, key) is not null) await Store.WriteAsync(tx => Apply(tx, key), cancel).ConfigureAwait(false);
        return Outcome.Settled;
    }

    private static void Apply(WriteTx tx, long key)
    {
        if (Next(tx.View, key) is not { } next) return;
        var isGone = next.State == "removed";
        tx.PutSeen("agent", key, isGone ? next with { Removed = tx.Now, RemoveTime = tx.Now + Settler.KeepRemoved } : next);
        if (isGone) tx.Bury("agent", key);
    }

    /// <summary>The next status of a service account; null where it rests, and for agents of hosts.</summary>
    private static Seen? Next(Snapshot view, long key)
    {
        if (view.Find<Agent>(key) is not { Wanted: Agent { ContainerId: { } container } } entry) return null;
        if (view.Find<Container>(container) is not { IsRemoved: false }) return entry.Seen with { State = "removed", Generation = entry.Wanted.Generation, Failed = false, Why = null };
        return entry.Seen.Generation < entry.Wanted.Generation ? Settler.Rested(entry) : null;
    }
}
