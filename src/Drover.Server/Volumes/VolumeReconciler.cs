using System.Collections.Immutable;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Reconcile;
using Drover.Store;

namespace Drover.Server.Volumes;

/// <summary>Settles volumes that no host holds: new ones rest until a container needs them, removed ones go at once (VOL-04).</summary>
public sealed class VolumeReconciler(ResourceStore store) : Reconciler<Volume>(store)
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads => [Source.Own<Volume>()];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["volume.seen:unplaced"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (Store.Current.Find<Volume>(key) is { } entry && IsOurs(Store.Current, entry))
            await Store.WriteAsync(tx => Settle(tx, key), cancel).ConfigureAwait(false);
        return Outcome.Settled;
    }

    private static bool IsOurs(Snapshot view, Entry entry)
        => entry.Seen.Generation < entry.Wanted.Generation
            && (((Volume)entry.Wanted).HostId is not { } host || view.Find<Host>(host) is not { IsRemoved: false } || IsOnlyAnUpdate(entry));

    // A volume that is on its host already needs nothing there but to be removed.
    private static bool IsOnlyAnUpdate(Entry entry) => !entry.Wanted.RemoveRequested && entry.Seen is VolumeSeen { ExternalId: not null };

    private static void Settle(WriteTx tx, long id)
    {
        if (tx.View.Find<Volume>(id) is not { } entry || !IsOurs(tx.View, entry)) return;
        if (entry.Wanted.RemoveRequested) ReportedVolumes.Bury(tx, entry);
        else tx.PutSeen(entry.Kind.Family, id, entry.Seen with { Generation = entry.Wanted.Generation, State = Rest(entry), Failed = false, TransitioningMessage = null, Why = null });
    }

    private static string Rest(Entry entry)
        => entry.Wanted.State == "registering" ? "inactive" : entry.Kind.Lifecycle!.Settled(entry.Wanted.State ?? "") ?? "inactive";
}
