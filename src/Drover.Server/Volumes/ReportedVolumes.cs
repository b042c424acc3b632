using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Protocol;
using Drover.Reconcile;
using Drover.Store;

namespace Drover.Server.Volumes;

/// <summary>Writes what hosts report of volumes.</summary>
public static class ReportedVolumes
{
    public static void Update(WriteTx tx, long hostId, VolumeStatus status)
    {
        if (Find(tx.View, hostId, status.Name) is not { Wanted: Volume volume, Seen: VolumeSeen seen } entry || volume.RemoveRequested && status.Error is null) return;
        tx.PutSeen(entry.Kind.Family, entry.Id, status.Error is { } error
            ? seen with { Failed = true, TransitioningMessage = error, Why = Waiting.For(seen.Why, error, tx.Now) }
            : seen with
            {
                Generation = volume.Generation,
                State = "active",
                ExternalId = status.Name,
                Uri = status.Mountpoint is { } path ? $"file://{path}" : seen.Uri,
                Failed = false,
                TransitioningMessage = null,
                Why = null,
            });
    }

    /// <summary>A volume that is gone from its host is gone where its removal was asked for; else it is made again when it is needed.</summary>
    public static void Gone(WriteTx tx, long hostId, string name)
    {
        if (Find(tx.View, hostId, name) is { Wanted.RemoveRequested: true } entry) Bury(tx, entry);
    }

    /// <summary>Takes a volume that is gone out of the live state.</summary>
    public static void Bury(WriteTx tx, Entry entry)
    {
        tx.PutSeen(entry.Kind.Family, entry.Id, entry.Seen with { Generation = entry.Wanted.Generation, State = "removed", Failed = false, TransitioningMessage = null, Why = null, Removed = tx.Now, RemoveTime = tx.Now });
        tx.Bury(entry.Kind.Family, entry.Id);
    }

    private static Entry? Find(Snapshot view, long hostId, string name)
        => view.By<Volume>("hostId", hostId).FirstOrDefault(v => v.Wanted.Name == name);
}
