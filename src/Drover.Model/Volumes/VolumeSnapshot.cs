using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The state of a volume at one time.</summary>
[Kind("snapshot", Methods = "rd", Lifecycle = "event")]
[Action("backup", Input = "snapshotBackupInput", Output = "backup")]
public sealed record VolumeSnapshot : Resource
{
    [Field("r", NotNull = true, Required = true, MaxLength = 255, Filter = true), Ref("volume")]
    public long? VolumeId { get; init; }
}
