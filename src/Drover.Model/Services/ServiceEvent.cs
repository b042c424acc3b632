using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>A verdict of a health check, as 1.6's agents report it.</summary>
[Kind("serviceEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "cr")]
[Inherited("id", "r", Filter = true, For = Roles.Agent, ForAccess = "r")]
public sealed record ServiceEvent : Resource
{
    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c", Presence = "required")]
    public long? ExternalTimestamp { get; init; }

    [Field("-", MaxLength = 255, Filter = true), Ref("healthcheckInstance")]
    public long? HealthcheckInstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? HealthcheckUuid { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("host")]
    public long? HostId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("instance")]
    public long? InstanceId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "c")]
    public string? ReportedHealth { get; init; }
}
