using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>A copy of a volume's snapshot in a backup target.</summary>
[Kind("backup", Methods = "rd", Lifecycle = "event")]
[Inherited("data", "i", MaxLength = 65535)]
public sealed record Backup : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("backupTarget")]
    public long? BackupTargetId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("snapshot")]
    public long? SnapshotId { get; init; }

    [Field("r", MaxLength = 4096, Filter = true)]
    public string? Uri { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("volume")]
    public long? VolumeId { get; init; }
}
