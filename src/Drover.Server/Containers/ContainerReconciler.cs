using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>Ends what no host can end: containers that never got a host, and those whose host is gone; says of the others when their host does not answer.</summary>
public sealed class ContainerReconciler(ResourceStore store) : Reconciler<Container>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<Container>(),
        Source.Of<Host>((change, after) => MattersToAll(change) ? after.By<Container>("hostId", change.Entry.Id).Select(c => c.Id) : []),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["container.seen:orphaned"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Store.Current.Find<Container>(key) is { } entry && Next(Store.Current, entry) != Step.Nothing)
            await Store.WriteAsync(tx => Apply(tx, key), cancel).ConfigureAwait(false);
        return Outcome.Settled;
    }

    private enum Step
    {
        Nothing,
        Bury,
        Rest,
        SayUnreachable,
    }

    private static Step Next(Snapshot view, Entry entry)
    {
        var container = (Container)entry.Wanted;
        if (container.HostId is not { } hostId)
            return container.RemoveRequested ? Step.Bury : !container.Running && entry.Seen.Generation < container.Generation ? Step.Rest : Step.Nothing;
        if (view.Find<Host>(hostId) is not { IsRemoved: false } host) return Step.Bury;
        return entry.Seen.Generation < container.Generation && Unreachable(host) is { } reason && entry.Seen.Why?.Reason != reason ? Step.SayUnreachable : Step.Nothing;
    }

    private static void Apply(WriteTx tx, long id)
    {
        if (tx.View.Find<Container>(id) is not { } entry) return;
        switch (Next(tx.View, entry))
        {
            case Step.Bury:
                ContainerMoves.Bury(tx, entry);
                break;
            case Step.Rest:
                tx.PutSeen(entry.Kind.Family, id, entry.Seen with { Generation = entry.Wanted.Generation, State = "stopped", Failed = false, TransitioningMessage = null, Why = null });
                break;
            case Step.SayUnreachable:
                var host = tx.View.Find<Host>(((Container)entry.Wanted).HostId)!;
                tx.PutSeen(entry.Kind.Family, id, entry.Seen with { TransitioningMessage = Unreachable(host), Why = Waiting.For(entry.Seen.Why, Unreachable(host)!, tx.Now) });
                break;
        }
    }

    private static bool MattersToAll(Change change)
        => change.After is null || change.Before is null || change.Before.IsRemoved != change.After.IsRemoved
            || Unreachable(change.Before) != Unreachable(change.After);

    private static string? Unreachable(Entry host)
        => host.Seen is HostSeen { AgentState: "reconnecting" or "disconnecting" or "disconnected" } seen
            ? $"Its host {host.Wanted.Name ?? seen.Hostname} does not answer"
            : null;
}
