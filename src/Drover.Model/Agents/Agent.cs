using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Model.Agents;

/// <summary>The agent of one host, or the service account of one container, as a caller.</summary>
[Kind("agent", Methods = "", Seen = typeof(AgentSeen), Lifecycle = "agent", Reconciled = true)]
[Allow(Roles.Admin | Roles.Service, "crud")]
[Allow(Roles.ReadAdmin | Roles.Agent, "r")]
[Allow(Roles.AgentRegister, "cr")]
[View("activateOnCreate", "boolean", "-", Default = "false")]
[View("authorizedRoleAccountIds", "array[reference[account]]", "-")]
[Inherited("id", "r", Filter = true, For = Roles.Agent, ForAccess = "r")]
[Inherited("name", "cu", MaxLength = 255, Filter = true, For = Roles.Agent, ForAccess = "r")]
[View("user", "string", "-", For = Roles.Agent | Roles.AgentRegister, ForAccess = "c")]
[View("zoneId", "reference[zone]", "-", MaxLength = 255, Filter = true)]
public sealed record Agent : Resource
{
    [Field("c"), Ref("account")]
    public long? AgentResourcesAccountId { get; init; }

    [Field("c")]
    public EquatableArray<ExternalCredential> ExternalCredentials { get; init; }

    [Field("c", MaxLength = 128, Filter = true)]
    public string? ExternalId { get; init; }

    [Field("c")]
    public EquatableMap<string> Labels { get; init; }

    [Field("c", Default = "true", MaxLength = 255, Filter = true)]
    public bool ManagedConfig { get; init; } = true;

    /// <summary>The container whose service account it is; null for the agent of a host.</summary>
    [Internal]
    public long? ContainerId { get; init; }

    /// <summary>The role of a service account as the container's label names it: "environment", "environmentAdmin" or "agent".</summary>
    [Internal]
    public string? ContainerRole { get; init; }

    /// <summary>The salted hash of its secret key.</summary>
    [Internal]
    public string? SecretHash { get; init; }

    [Field("c"), Index]
    public string? PublicValue { get; init; }

    [Field("co", Secret = true)]
    public string? SecretValue { get; init; }

    [Field("c", Unique = true, MaxLength = 255, Filter = true), For(Roles.AgentRegister, "c")]
    public string? Uri { get; init; }
}

/// <summary>What was observed of a agent.</summary>
public sealed record AgentSeen : Seen
{
}
