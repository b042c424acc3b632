using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type mountEntry.</summary>
[Struct("mountEntry", Methods = "r")]
public sealed record MountEntry
{
    [Field("r", NotNull = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", NotNull = true)]
    public string? InstanceName { get; init; }

    [Field("r", NotNull = true)]
    public string? Path { get; init; }

    [Field("-", NotNull = true)]
    public string? Permission { get; init; }

    [Field("r", NotNull = true), Ref("volume")]
    public long? VolumeId { get; init; }

    [Field("r", NotNull = true)]
    public string? VolumeName { get; init; }

    [Field("-", NotNull = true)]
    public string? Type { get; init; }
}
