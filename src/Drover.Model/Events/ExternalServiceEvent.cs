using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>What another orchestrator reports of its services.</summary>
[Kind("externalServiceEvent", Family = "externalEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("eventType", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[Inherited("externalId", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
public sealed record ExternalServiceEvent : ExternalEvent
{
    [Field("r", NotNull = true), For(Roles.Agent, "c")]
    public RawJson? Environment { get; init; }

    [Field("r", NotNull = true, Required = true), For(Roles.Agent, "c")]
    public RawJson? Service { get; init; }
}
