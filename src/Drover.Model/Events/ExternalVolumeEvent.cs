using Drover.Model.Kernel;
using Drover.Model.Volumes;

namespace Drover.Model.Events;

/// <summary>What a storage driver reports of a volume.</summary>
[Kind("externalVolumeEvent", Family = "externalEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("eventType", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[Inherited("externalId", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
public sealed record ExternalVolumeEvent : ExternalEvent
{
    [Field("r", NotNull = true, Required = true), For(Roles.Agent, "c")]
    public Volume? Volume { get; init; }
}
