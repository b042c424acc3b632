using Drover.Client.Resources;
using Drover.Model.Volumes;

namespace Drover.Client.Actions;

/// <summary>What can be asked of volumes and of their snapshots.</summary>
public static class VolumeActions
{
    /// <summary>Takes a snapshot.</summary>
    public static async Task<ApiResource<VolumeSnapshot>> SnapshotAsync(this ResourceSet<Volume> volumes, string id, VolumeSnapshotInput snapshot, CancellationToken cancellation = default)
        => ApiResource<VolumeSnapshot>.Read(await volumes.InvokeAsync(id, "snapshot", snapshot, cancellation).ConfigureAwait(false));

    /// <summary>Goes back to a snapshot.</summary>
    public static Task<ApiResource<Volume>> RevertToSnapshotAsync(this ResourceSet<Volume> volumes, string id, RevertToSnapshotInput snapshot, CancellationToken cancellation = default)
        => volumes.ActAsync(id, "reverttosnapshot", snapshot, cancellation);

    /// <summary>Fills a volume from a backup.</summary>
    public static Task<ApiResource<Volume>> RestoreFromBackupAsync(this ResourceSet<Volume> volumes, string id, RestoreFromBackupInput backup, CancellationToken cancellation = default)
        => volumes.ActAsync(id, "restorefrombackup", backup, cancellation);

    /// <summary>Copies a snapshot to a backup target.</summary>
    public static async Task<ApiResource<Backup>> BackupAsync(this ResourceSet<VolumeSnapshot> snapshots, string id, SnapshotBackupInput backup, CancellationToken cancellation = default)
        => ApiResource<Backup>.Read(await snapshots.InvokeAsync(id, "backup", backup, cancellation).ConfigureAwait(false));
}
