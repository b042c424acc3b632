using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>A driver that makes volumes on the hosts of an environment.</summary>
[Kind("storageDriver", Methods = "r", Lifecycle = "driver")]
public sealed record StorageDriver : Resource
{
    [Field("c")]
    public string? BlockDevicePath { get; init; }

    [Field("c", Type = "enum", NotNull = true, Options = ["local", "environment", "custom"])]
    public string? Scope { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("service")]
    public long? ServiceId { get; init; }

    [Field("c", Type = "enum", NotNull = true, Default = "\"multiHostRW\"", Options = ["singleHostRW", "singleInstanceRW", "multiHostRW"])]
    public string? VolumeAccessMode { get; init; } = "multiHostRW";

    [Field("c")]
    public EquatableArray<string> VolumeCapabilities { get; init; }
}
