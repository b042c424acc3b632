using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The input of restorefrombackup.</summary>
[Struct("restoreFromBackupInput", Methods = "r")]
public sealed record RestoreFromBackupInput
{
    [Field("c", NotNull = true, Required = true), Ref("backup")]
    public long? BackupId { get; init; }
}
