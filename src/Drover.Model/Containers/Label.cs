using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>A label of a host or container, as a row.</summary>
[Kind("label", IsView = true, Methods = "r", Lifecycle = "event")]
public sealed record Label : Resource
{
    [Field("r", MaxLength = 1024, Filter = true)]
    public string? Key { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public string? Type { get; init; }

    [Field("r", MaxLength = 4096, Filter = true)]
    public string? Value { get; init; }
}
