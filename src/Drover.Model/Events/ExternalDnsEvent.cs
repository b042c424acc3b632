using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>What an external DNS reports.</summary>
[Kind("externalDnsEvent", Family = "externalEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("eventType", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[Inherited("externalId", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
public sealed record ExternalDnsEvent : ExternalEvent
{
    [Field("r", NotNull = true), For(Roles.Agent, "c")]
    public string? Fqdn { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent, "c")]
    public string? ServiceName { get; init; }

    [Field("r", NotNull = true), For(Roles.Agent, "c")]
    public string? StackName { get; init; }
}
