using Drover.Model.Kernel;

namespace Drover.Model.Environments;

/// <summary>A member of an environment with a role.</summary>
[Kind("projectMember", Methods = "r", Lifecycle = "simple")]
[Inherited("accountId", "-", MaxLength = 255, Filter = true)]
[Inherited("name", "r", MaxLength = 255, Filter = true)]
[Allow(Roles.Admin | Roles.User, "cr")]
public sealed record ProjectMember : Resource
{
    /// <summary>Who it is, in the words of its type; for accounts of Drover itself the wire id, such as "1a1".</summary>
    [Field("c", MaxLength = 255, Filter = true), Index]
    public string? ExternalId { get; init; }

    [Field("c", Type = "enum", Default = "\"rancher_id\"", MaxLength = 255, Options = ["rancher_id", "openldap_user", "openldap_group", "azuread_user", "azuread_group", "github_user", "github_org", "github_team", "shibboleth_user", "shibboleth_group", "ldap_user", "ldap_group"], OwnOptions = ["oidc_user", "oidc_group"], Filter = true, FilterAs = "string")]
    public string? ExternalIdType { get; init; } = "rancher_id";

    [Field("r", MaxLength = 255, NotNull = true, Filter = true), Ref("project"), Index]
    public long? ProjectId { get; init; }

    [Field("c", Type = "enum", Default = "\"member\"", MaxLength = 255, Options = ["member", "owner", "readonly", "restricted"], Filter = true, FilterAs = "string")]
    public string? Role { get; init; } = "member";
}
