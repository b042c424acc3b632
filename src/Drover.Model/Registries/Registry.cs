using Drover.Model.Kernel;

namespace Drover.Model.Registries;

/// <summary>A private image registry, by address.</summary>
[Kind("registry", Plural = "registries", Family = "storagePool", Lifecycle = "simple")]
[View("hostIds", "array[reference[host]]", "-")]
[View("volumeIds", "array[reference[volume]]", "-")]
[View("agentId", "reference[agent]", "-", MaxLength = 255, Filter = true)]
[View("external", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("physicalTotalSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("storageDriverId", "reference[storageDriver]", "-", MaxLength = 255, Filter = true)]
[View("virtualTotalSizeMb", "int", "-", MaxLength = 255, Filter = true)]
[View("zoneId", "reference[zone]", "-", MaxLength = 255, Filter = true)]
public sealed record Registry : Resource
{
    [Field("r")]
    public string? BlockDevicePath { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? DriverName { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ExternalId { get; init; }

    [Field("c", Required = true, MinLength = 1, NotNull = true)]
    public string? ServerAddress { get; init; }

    [Field("r", MaxLength = 255, Filter = true)]
    public string? VolumeAccessMode { get; init; }

    [Field("r")]
    public EquatableArray<string> VolumeCapabilities { get; init; }
}
