using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>What hosts are made from: a driver and its settings.</summary>
[Kind("hostTemplate", Lifecycle = "check")]
public sealed record HostTemplate : Resource
{
    [Field("c", MaxLength = 255, Filter = true)]
    public string? Driver { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public string? FlavorPrefix { get; init; }

    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? PublicValues { get; init; }

    [Field("co", Type = "map[json]", NotNull = true, Secret = true), For(Roles.Service, "c")]
    public RawJson? SecretValues { get; init; }

    [Field("-", Type = "map[json]", NotNull = true)]
    public RawJson? SecretValuesEmpty { get; init; }
}
