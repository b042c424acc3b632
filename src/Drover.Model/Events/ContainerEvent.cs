using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>An event of a host's engine, as 1.6's agents report it.</summary>
[Kind("containerEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("data", "i", MaxLength = 16777215, For = Roles.Agent, ForAccess = "c")]
[Inherited("id", "r", Filter = true, For = Roles.Agent, ForAccess = "r")]
[Inherited("uuid", "")]
[Inherited("name", "")]
[Inherited("description", "")]
[Inherited("removed", "")]
[Inherited("removeTime", "")]
public sealed record ContainerEvent : Resource
{
    [Field("r", NotNull = true), For(Roles.Agent, "c", Presence = "nullable")]
    public RawJson? DockerInspect { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? ExternalFrom { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? ExternalId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? ExternalStatus { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public long? ExternalTimestamp { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? ReportedHostUuid { get; init; }
}
