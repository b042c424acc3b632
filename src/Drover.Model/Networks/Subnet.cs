using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>A range of addresses of a network.</summary>
[Kind("subnet", Methods = "r", Lifecycle = "simple")]
[View("isPublic", "boolean", "-", NotNull = true, MaxLength = 255, Filter = true)]
public sealed record Subnet : Resource
{
    [Field("c", Required = true, Default = "24", Min = 8, Max = 28, MaxLength = 255, Filter = true)]
    public long? CidrSize { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? EndAddress { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? Gateway { get; init; }

    [Field("c", Required = true, MaxLength = 255, Filter = true)]
    public string? NetworkAddress { get; init; }

    [Field("r", Required = true, MaxLength = 255, Filter = true), Ref("network"), Index]
    public long? NetworkId { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? StartAddress { get; init; }
}
