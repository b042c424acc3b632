using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The input of a volume's activation on a host.</summary>
[Struct("volumeActivateInput")]
public sealed record VolumeActivateInput
{
    [Field("c", Type = "reference")]
    public string? HostId { get; init; }
}
