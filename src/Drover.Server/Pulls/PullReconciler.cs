using System.Collections.Immutable;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Protocol;
using Drover.Reconcile;
using Drover.Server.Api.Writes;
using Drover.Server.Hosts;
using Drover.Store;

namespace Drover.Server.Pulls;

/// <summary>Makes hosts pull what pull tasks want, shows how far each is, and forgets tasks that ended long ago (REG-12, CMP-23).</summary>
public sealed class PullReconciler(ResourceStore store, PullCalls calls, TimeProvider time) : Reconciler<PullTask>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<PullTask>(),
        Source.Of<Host>((change, after) => change.Entry.Wanted.AccountId is { } environment ? after.By<PullTask>("accountId", environment).Where(IsOpen).Select(task => task.Id) : []),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["pullTask.seen"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Store.Current.Find<PullTask>(key) is not { IsRemoved: false } entry)
        {
            calls.Forget(key);
            return Outcome.Settled;
        }

        if (entry.Wanted.RemoveRequested || (!IsOpen(entry) && DueOf(entry) <= time.GetUtcNow()))
        {
            calls.Forget(key);
            await Store.WriteAsync(tx => Bury(tx, key), cancel).ConfigureAwait(false);
            return Outcome.Settled;
        }

        if (!IsOpen(entry)) return Outcome.Wake(DueOf(entry));
        if (Next(Store.Current, entry, time.GetUtcNow()) != entry.Seen) await Store.WriteAsync(tx => Show(tx, key), cancel).ConfigureAwait(false);
        return Store.Current.Find<PullTask>(key) is { } shown ? GoOn(shown) : Outcome.Settled;
    }

    private static bool IsOpen(Entry task) => task.Seen.Generation < task.Wanted.Generation;

    private static DateTimeOffset DueOf(Entry task) => (((PullTaskSeen)task.Seen).Ended ?? task.Wanted.Created ?? DateTimeOffset.MinValue) + PullPlan.Kept;

    private PullTaskSeen Next(Snapshot view, Entry entry, DateTimeOffset now) => PullPlan.Next(view, entry, hostId => calls.Word(entry.Id, hostId), now);

    private void Show(WriteTx tx, long id)
    {
        if (tx.View.Find<PullTask>(id) is { } entry && IsOpen(entry)) tx.PutSeen(entry.Kind.Family, id, Next(tx.View, entry, tx.Now));
    }

    private static void Bury(WriteTx tx, long id)
    {
        if (tx.View.Find<PullTask>(id) is { } entry) tx.Bury(entry);
    }

    private Outcome GoOn(Entry entry)
    {
        var (task, seen) = ((PullTask)entry.Wanted, (PullTaskSeen)entry.Seen);
        var auth = RegistryCredentials.For(Store.Current, task.AccountId ?? 0, task.Image ?? "");
        calls.Keep(entry.Id, [.. seen.Hosts.Items.Where(host => !host.Ended).Select(host => host.HostId)], new PullOrder(task.Image ?? "", task.Mode == "cached", auth));
        return Outcome.Wake(IsOpen(entry) ? PullPlan.Deadline(task) : DueOf(entry));
    }
}
