using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>The pattern of volumes that a stack makes.</summary>
[Kind("volumeTemplate", Methods = "cr", Lifecycle = "simple")]
[Inherited("name", "cu", Required = true, MaxLength = 255, Filter = true)]
[Inherited("data", "i", Type = "map[json]", MaxLength = 65535)]
public sealed record VolumeTemplate : Resource
{
    [Field("c", MaxLength = 255, Filter = true)]
    public string? Driver { get; init; }

    [Field("c")]
    public EquatableMap<string> DriverOpts { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public bool External { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public bool PerContainer { get; init; }

    [Field("c", Required = true, MaxLength = 255, NotNull = true, Filter = true), Ref("stack"), Index]
    public long? StackId { get; init; }
}
