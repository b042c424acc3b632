using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>What a host's provider reports, such as its end.</summary>
[Kind("externalHostEvent", Family = "externalEvent", Methods = "cr", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("eventType", "c", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
[Inherited("externalId", "r", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "c")]
public sealed record ExternalHostEvent : ExternalEvent
{
    [Field("c", Default = "false")]
    public bool DeleteHost { get; init; }

    [Field("c"), Ref("host")]
    public long? HostId { get; init; }

    [Field("c")]
    public string? HostLabel { get; init; }
}
