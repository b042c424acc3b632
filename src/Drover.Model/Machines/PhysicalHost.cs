using Drover.Model.Kernel;

namespace Drover.Model.Machines;

/// <summary>A machine that hosts run on.</summary>
[Kind("physicalHost", Methods = "r", Lifecycle = "machine", ActionRoles = Roles.Platform | Roles.Superadmin | Roles.User | Roles.Project | Roles.Environment | Roles.ProjectAdmin | Roles.Owner | Roles.Member | Roles.ReadAdmin)]
public record PhysicalHost : Resource
{
    [Field("-", MaxLength = 255, Filter = true), Ref("agent")]
    public long? AgentId { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Driver { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? ExternalId { get; init; }
}
