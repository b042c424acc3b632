using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>That a volume is mounted in a container, as a row.</summary>
[Kind("mount", IsView = true, Methods = "r", Lifecycle = "mount")]
public sealed record Mount : Resource
{
    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 512, Filter = true)]
    public string? Path { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Permissions { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("volume")]
    public long? VolumeId { get; init; }
}
