using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The input of a volume's snapshot action.</summary>
[Struct("volumeSnapshotInput", Methods = "r")]
public sealed record VolumeSnapshotInput
{
    [Field("c", NotNull = true, MaxLength = 255)]
    public string? Name { get; init; }
}
