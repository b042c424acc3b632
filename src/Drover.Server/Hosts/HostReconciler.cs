using System.Collections.Immutable;
using Drover.Model.Agents;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>Shows whether hosts answer, settles their moves, and removes those that stayed away too long.</summary>
public sealed class HostReconciler(ResourceStore store, AgentSessions sessions, TimeProvider time) : Reconciler<Host>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<Host>(),
        Source.Of<Project>((change, after) => change.Before?.WantedRevision != change.After?.WantedRevision ? after.By<Host>("accountId", change.Entry.Id).Select(h => h.Id) : []),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["host.seen:liveness", "agent.seen"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        var view = Store.Current;
        if (view.Find<Host>(key) is not { IsRemoved: false } entry) return Outcome.Settled;
        var delay = view.Get<Project>(entry.Wanted.AccountId)?.HostRemoveDelaySeconds;
        var liveness = HostLiveness.Of(sessions.LastHeard(key), sessions.Started, delay, time.GetUtcNow());
        if (!sessions.IsOpen(key) && entry.Seen is HostSeen { AgentState: null }) liveness = liveness with { State = "reconnecting" };
        if (entry.Wanted.RemoveRequested) sessions.Close(key);
        if (NeedsWrite(view, entry, liveness, time.GetUtcNow())) await Store.WriteAsync(tx => Apply(tx, key, liveness), cancel).ConfigureAwait(false);
        return new Outcome(liveness.NextLook);
    }

    private static bool NeedsWrite(Snapshot view, Entry entry, HostLiveness liveness, DateTimeOffset now)
        => liveness.Remove || Next(entry, liveness, now) != entry.Seen || NextOfAgent(view, entry, liveness) is not null;

    private static void Apply(WriteTx tx, long id, HostLiveness liveness)
    {
        if (tx.View.Find<Host>(id) is not { IsRemoved: false } entry) return;
        if (liveness.Remove && !entry.Wanted.RemoveRequested)
        {
            HostRemoval.Forget(tx, entry);
            entry = tx.View.Find<Host>(id)!;
        }

        var next = Next(entry, liveness, tx.Now);
        tx.PutSeen(entry.Kind.Family, id, next);
        if (NextOfAgent(tx.View, entry, liveness) is { } agent) tx.PutSeen(agent.Entry.Kind.Family, agent.Entry.Id, agent.Seen);
        if (next.Removed is not null) HostRemoval.Bury(tx, tx.View.Find<Host>(id)!);
    }

    private static HostSeen Next(Entry entry, HostLiveness liveness, DateTimeOffset now)
    {
        var seen = (HostSeen)entry.Seen with { AgentState = liveness.State };
        seen = seen with { Why = liveness.State == "active" ? null : Waiting.For(seen.Why, $"The host does not answer: it is {liveness.State}", now) };
        if (seen.Generation >= entry.Wanted.Generation) return seen;
        if (entry.Wanted.State is not { } through || entry.Kind.Lifecycle!.Settled(through) is not { } rest) return seen;
        return rest == "removed"
            ? seen with { Generation = entry.Wanted.Generation, State = rest, Removed = now }
            : seen with { Generation = entry.Wanted.Generation, State = rest };
    }

    private static (Entry Entry, Seen Seen)? NextOfAgent(Snapshot view, Entry host, HostLiveness liveness)
    {
        if (view.Find<Agent>(((Host)host.Wanted).AgentId) is not { IsRemoved: false } agent) return null;
        var next = agent.Seen with { Generation = agent.Wanted.Generation, State = host.Wanted.RemoveRequested ? "removed" : liveness.State };
        return next == agent.Seen ? null : (agent, next);
    }
}
