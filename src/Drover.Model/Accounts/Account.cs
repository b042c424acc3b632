using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>An account: a person, a key owner or a role of the platform.</summary>
[Kind("account", Methods = "r", Lifecycle = "account")]
[Inherited("accountId", "")]
[Inherited("uuid", "r", MaxLength = 128, Filter = true, For = Roles.Admin | Roles.Service, ForAccess = "c")]
[Allow(Roles.Admin | Roles.Service, "crud")]
[View("createdStackIds", "array[reference[stack]]", "-", NotNull = true)]
[View("defaultNetworkId", "reference[network]", "-", MaxLength = 255, Filter = true, FilterAs = "int")]
[View("healthState", "string", "-", MaxLength = 128, Filter = true)]
[View("projectTemplateId", "reference[projectTemplate]", "-", MaxLength = 255, Filter = true)]
[View("revision", "int", "-", NotNull = true, MaxLength = 255, Filter = true)]
[View("scheduledUpgradeDelayMinutes", "int", "-")]
[View("startedStackIds", "array[reference[stack]]", "-", NotNull = true)]
public sealed record Account : Resource
{
    [Field("i", MaxLength = 255, Filter = true), For(Roles.Admin | Roles.Service, "cu")]
    public string? ExternalId { get; init; }

    [Field("i", MaxLength = 128, Filter = true), For(Roles.Admin | Roles.Service, "cu")]
    public string? ExternalIdType { get; init; }

    [Field("i", NotNull = true), Ref("identity")]
    public long? Identity { get; init; }

    /// <summary>What it may be: admin, user, service, agent, superadmin, token ...</summary>
    [Field("r", MaxLength = 255, Filter = true, Default = "\"user\""), For(Roles.Admin | Roles.Service, "cu")]
    public string? Kind { get; init; } = "user";

    [Field("r", MaxLength = 128, Filter = true)]
    public string? Version { get; init; }

    /// <summary>What else the person is to the sign-in provider, as "type:externalId": groups, organisations, teams as of when it was last asked.</summary>
    [Internal]
    public EquatableArray<string> KnownAs { get; init; }

    /// <summary>Until when <see cref="KnownAs"/> holds where the provider cannot be asked again: the end of the newest sign-in session; null where it can.</summary>
    [Internal]
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>True while the provider says that it has no such person, or that the person is disabled.</summary>
    [Internal]
    public bool IsGone { get; init; }

    /// <summary>True once the person signed in and was given a first environment; who removes it gets no other.</summary>
    [Internal]
    public bool SignedInBefore { get; init; }
}
