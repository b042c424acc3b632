using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>Asks the hosts with some labels to pull an image.</summary>
[Kind("pullTask", Family = "genericObject", Methods = "cr", Lifecycle = "member")]
[Inherited("key", "-", MaxLength = 255, Filter = true)]
[Inherited("kind", "r", MaxLength = 255, Filter = true)]
[Inherited("resourceData", "-", NotNull = true)]
public sealed record PullTask : GenericObject
{
    [Field("c", NotNull = true, Required = true)]
    public string? Image { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Labels { get; init; }

    [Field("c", Type = "enum", NotNull = true, Required = true, Default = "\"all\"", Options = ["all", "cached"])]
    public string? Mode { get; init; } = "all";

    [Field("r", NotNull = true)]
    public EquatableMap<string> Status { get; init; }
}
