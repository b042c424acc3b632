using Drover.Model.Kernel;

namespace Drover.Model.Events;

/// <summary>The base of what services of the platform report.</summary>
[Kind("externalEvent", Methods = "r", Lifecycle = "event")]
[Allow(Roles.Agent, "r")]
[Inherited("data", "i", MaxLength = 65535)]
[Inherited("id", "r", Filter = true, For = Roles.Agent, ForAccess = "r")]
[Inherited("name", "")]
[Inherited("description", "")]
[Inherited("removed", "")]
[Inherited("removeTime", "")]
public record ExternalEvent : Resource
{
    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "r")]
    public string? EventType { get; init; }

    [Field("r", MaxLength = 255, Filter = true), For(Roles.Agent, "r")]
    public string? ExternalId { get; init; }

    [Field("r", MaxLength = 255, Filter = true), Ref("account")]
    public long? ReportedAccountId { get; init; }
}
