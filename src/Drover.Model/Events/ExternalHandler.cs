using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>A service outside of the server that handles processes.</summary>
[Kind("externalHandler", Methods = "", Lifecycle = "simple")]
[Allow(Roles.Platform, "cru")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("data", "r", MaxLength = 16777215)]
[Inherited("removeTime", "r", MaxLength = 255, Filter = true)]
[Inherited("accountId", "")]
public sealed record ExternalHandler : Resource
{
    [Field("cu", MaxLength = 255, Filter = true)]
    public long? Priority { get; init; }

    [Field("-", Type = "enum", NotNull = true, Default = "\"specific\"", Options = ["pre", "specific", "default_override"])]
    public string? PriorityName { get; init; } = "specific";

    [Field("c", NotNull = true, Required = true, NotInList = true)]
    public EquatableArray<ExternalHandlerProcessConfig> ProcessConfigs { get; init; }

    [Field("cu", Min = 1)]
    public long? Retries { get; init; }

    [Field("cu", Min = 1000)]
    public long? TimeoutMillis { get; init; }
}
