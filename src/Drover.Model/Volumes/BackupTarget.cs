using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>A place that backups are written to.</summary>
[Kind("backupTarget", Methods = "crd", Lifecycle = "event")]
[Inherited("data", "i", MaxLength = 65535)]
[Inherited("name", "cu", NotNull = true, Required = true, MinLength = 1, MaxLength = 255, ValidChars = "a-zA-Z0-9_.-", Filter = true)]
public sealed record BackupTarget : Resource
{
    [Field("c")]
    public NfsConfig? NfsConfig { get; init; }
}
