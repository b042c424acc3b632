using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>An environment: a set of hosts and what runs on them.</summary>
[Kind("project", Family = "account", Methods = "r", Seen = typeof(ProjectSeen), Lifecycle = "account", Reconciled = true)]
[Action("setmembers", Input = "setProjectMembersInput", Output = "setProjectMembersInput")]
[Inherited("accountId", "")]
[Inherited("name", "cu", MaxLength = 255, Filter = true, For = Roles.Service, ForAccess = "c")]
[Inherited("description", "cu", MaxLength = 1024, Filter = true, For = Roles.Service, ForAccess = "c")]
[Inherited("kind", "r", MaxLength = 255, Filter = true, Default = "\"user\"")]
[Inherited("uuid", "r", MaxLength = 128, Filter = true, For = Roles.Admin | Roles.Service, ForAccess = "c")]
[Allow(Roles.Admin | Roles.User, "crud")]
[Allow(Roles.Service, "cr")]
[View("createdStackIds", "array[reference[stack]]", "-", NotNull = true)]
[View("identity", "reference[identity]", "-", NotNull = true)]
[View("revision", "int", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("scheduledUpgradeDelayMinutes", "int", "-")]
[View("startedStackIds", "array[reference[stack]]", "-", NotNull = true)]
[Action("defaultNetworkId", Output = "")]
[Action("delete", Output = "")]
public sealed record Project : Resource
{
    /// <summary>Environments whose services may be linked to.</summary>
    [Field("i"), Ref("project"), For(Roles.Admin | Roles.Service, "cu")]
    public EquatableArray<long> ProjectLinks { get; init; }

    [Field("i", Default = "false"), For(Roles.Admin | Roles.Service, "cu")]
    public bool AllowSystemRole { get; init; }

    [Field("r", MaxLength = 255, Filter = true, FilterAs = "int"), Ref("network")]
    public long? DefaultNetworkId { get; init; }

    [Field("-", MaxLength = 255, Filter = true)]
    public string? ExternalId { get; init; }

    [Field("-", MaxLength = 128, Filter = true)]
    public string? ExternalIdType { get; init; }

    [Field("cu")]
    public long? HostRemoveDelaySeconds { get; init; }

    [Field("c")]
    public EquatableArray<ProjectMember> Members { get; init; }

    [Field("r", Default = "\"cattle\"", NotNull = true)]
    public string? Orchestration { get; init; } = "cattle";

    [Field("c", MaxLength = 255, Filter = true), Ref("projectTemplate")]
    public long? ProjectTemplateId { get; init; }

    [Field("cu", Reconciles = true)]
    public ServicesPortRange? ServicesPortRange { get; init; }

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Version { get; init; }

    [Field("cu", Default = "false", Reconciles = true)]
    public bool VirtualMachine { get; init; }
}

/// <summary>What was observed of a project.</summary>
public sealed record ProjectSeen : Seen
{
    [Field("r", MaxLength = 128, Filter = true)]
    public string? HealthState { get; init; }
}
