using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Reconcile;
using Drover.Server.Containers;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Stacks;

/// <summary>Shows the health of stacks, settles their moves, and takes a removed one apart: services, containers, volumes (SVC-08).</summary>
public sealed class StackReconciler(ResourceStore store, TimeProvider time) : Reconciler<Stack>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<Stack>(),
        Source.OfFamily<Service>((change, _) => Matters(change) ? StackOf(change) : []),
        Source.Of<Container>((change, after) => change.After is null && Removing(after, ((Container)change.Entry.Wanted).StackId) is { } id ? [id] : []),
        Source.Of<Volume>((change, after) => change.After is null && Removing(after, ((Volume)change.Entry.Wanted).StackId) is { } id ? [id] : []),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["stack.seen"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Store.Current.Find<Stack>(key) is not { } entry) return Outcome.Settled;
        if (entry.Wanted.RemoveRequested) await Store.WriteAsync(tx => TakeApart(tx, key), cancel).ConfigureAwait(false);
        else if (Next(Store.Current, entry, time.GetUtcNow()) != entry.Seen) await Store.WriteAsync(tx => Show(tx, key), cancel).ConfigureAwait(false);
        return Outcome.Settled;
    }

    private static void Show(WriteTx tx, long id)
    {
        if (tx.View.Find<Stack>(id) is { } entry) tx.PutSeen(entry.Kind.Family, id, Next(tx.View, entry, tx.Now));
    }

    private static StackSeen Next(Snapshot view, Entry entry, DateTimeOffset now)
    {
        var seen = (StackSeen)entry.Seen;
        var health = view.By<Service>("stackId", entry.Id)
            .Where(s => !s.IsRemoved && s.State is not "inactive" and not "removing")
            .Select(s => ((ServiceSeen)s.Seen).HealthState ?? ServiceHealth.Initializing)
            .ToList();
        seen = seen with { HealthState = ServiceHealth.OfStack(health) };
        if (seen.Generation < entry.Wanted.Generation && Open(view, entry) is { } open)
            return seen with { Why = seen.Why is { } why && why.Reason == open ? why : new Why(open, now, null) };
        return seen.Generation >= entry.Wanted.Generation || entry.Kind.Lifecycle!.Settled(entry.Wanted.State ?? "") is not { } rest
            ? seen
            : seen with { Generation = entry.Wanted.Generation, State = rest, Failed = false, TransitioningMessage = null, Why = null };
    }

    // A stack's upgrade is where its services' are: the words for the ways are the same (UPG-14).
    private static string? Open(Snapshot view, Entry stack)
        => stack.Wanted.State is "upgrading" or "canceling-upgrade" or "rolling-back" or "finishing-upgrade"
            && view.By<Service>("stackId", stack.Id).FirstOrDefault(s => !s.IsRemoved && s.State == stack.Wanted.State) is { } service
                ? $"{service.Wanted.Name} is {service.State}"
                : null;

    private static void TakeApart(WriteTx tx, long id)
    {
        if (tx.View.Find<Stack>(id) is not { } entry) return;
        var services = AnyService.InStack(tx.View, id).ToList();
        foreach (var service in services.Where(s => !s.Wanted.RemoveRequested)) ServiceMoves.Remove(tx, service);
        var containers = tx.View.By<Container>("stackId", id).ToList();
        foreach (var container in containers.Where(c => ((Container)c.Wanted).ServiceId is null)) ContainerMoves.Remove(tx, container.Id);
        if (services.Count + containers.Count > 0)
        {
            Wait(tx, entry, $"{services.Count} services and {containers.Count} containers are being removed");
            return;
        }

        var volumes = tx.View.By<Volume>("stackId", id).ToList();
        foreach (var volume in volumes.Where(v => !v.Wanted.RemoveRequested)) tx.Put(volume.Wanted with { RemoveRequested = true, State = "removing", Generation = volume.Wanted.Generation + 1 });
        if (volumes.Count > 0)
        {
            Wait(tx, entry, $"{volumes.Count} volumes are being removed");
            return;
        }

        foreach (var template in tx.View.By<VolumeTemplate>("stackId", id).ToList()) Bury(tx, template);
        Bury(tx, entry);
    }

    private static void Wait(WriteTx tx, Entry entry, string reason)
        => tx.PutSeen(entry.Kind.Family, entry.Id, entry.Seen with { Why = Waiting.For(entry.Seen.Why, reason, tx.Now) });

    private static void Bury(WriteTx tx, Entry entry)
    {
        tx.PutSeen(entry.Kind.Family, entry.Id, entry.Seen with { Generation = entry.Wanted.Generation, State = "removed", Failed = false, Why = null, Removed = tx.Now, RemoveTime = tx.Now + ContainerMoves.RemovedFor });
        tx.Bury(entry.Kind.Family, entry.Id);
    }

    private static bool Matters(Change change)
        => change.After is null || change.Before is null
            || change.Before.State != change.After.State
            || ((ServiceSeen)change.Before.Seen).HealthState != ((ServiceSeen)change.After.Seen).HealthState
            || ((Service)change.Before.Wanted).StackId != ((Service)change.After.Wanted).StackId;

    private static IEnumerable<long> StackOf(Change change)
        => new[] { change.Before, change.After }.OfType<Entry>().Select(e => ((Service)e.Wanted).StackId).OfType<long>().Distinct();

    private static long? Removing(Snapshot view, long? stackId) => view.Find<Stack>(stackId) is { Wanted.RemoveRequested: true } ? stackId : null;
}
