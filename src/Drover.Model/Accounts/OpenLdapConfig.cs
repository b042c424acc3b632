using Drover.Model.Kernel;

namespace Drover.Model.Accounts;

/// <summary>Settings of the LDAP sign-in provider (OpenLDAP and Active Directory).</summary>
[Kind("openldapconfig", IsView = true, Bare = true, Methods = "")]
[Allow(Roles.Platform, "cru")]
[Allow(Roles.ReadAdmin, "r")]
[Inherited("name", "r", NotNull = true)]
public sealed record OpenLdapConfig : Resource, IOwnId
{
    /// <summary>There is one, and it has no id.</summary>
    public string? WireId => null;

    [Field("c", NotNull = true, Required = true, Default = "\"unrestricted\"")]
    public string? AccessMode { get; init; } = "unrestricted";

    [Field("c", Type = "array[identity]", NotNull = true)]
    public RawJson? AllowedIdentities { get; init; }

    [Field("-")]
    public bool Configured { get; init; }

    [Field("c", Required = true, Default = "1000")]
    public long ConnectionTimeout { get; init; } = 1000;

    [Field("c", NotNull = true, Required = true, MinLength = 1)]
    public string? Domain { get; init; }

    [Field("c")]
    public bool? Enabled { get; init; }

    [Field("c", NotNull = true, Default = "\"entryDN\"")]
    public string? GroupDNField { get; init; } = "entryDN";

    [Field("c", NotNull = true, Required = true, Default = "\"memberUid\"")]
    public string? GroupMemberMappingAttribute { get; init; } = "memberUid";

    [Field("c", NotNull = true, Default = "\"entryDN\"")]
    public string? GroupMemberUserAttribute { get; init; } = "entryDN";

    [Field("c", NotNull = true, Required = true, Default = "\"cn\"")]
    public string? GroupNameField { get; init; } = "cn";

    [Field("c", NotNull = true, Required = true, Default = "\"posixGroup\"")]
    public string? GroupObjectClass { get; init; } = "posixGroup";

    [Field("c")]
    public string? GroupSearchDomain { get; init; }

    [Field("c", NotNull = true, Required = true, Default = "\"cn\"")]
    public string? GroupSearchField { get; init; } = "cn";

    [Field("c")]
    public string? LoginDomain { get; init; }

    [Field("c", Required = true, Default = "389")]
    public long? Port { get; init; } = 389;

    [Field("c", NotNull = true, Required = true, MinLength = 1)]
    public string? Server { get; init; }

    [Field("co", Required = true, MinLength = 1, Secret = true)]
    public string? ServiceAccountPassword { get; init; }

    [Field("c", Required = true, MinLength = 1)]
    public string? ServiceAccountUsername { get; init; }

    [Field("c", Required = true)]
    public bool? Tls { get; init; }

    [Field("c")]
    public long? UserDisabledBitMask { get; init; }

    [Field("c")]
    public string? UserEnabledAttribute { get; init; }

    [Field("c", NotNull = true, Required = true, Default = "\"uid\"")]
    public string? UserLoginField { get; init; } = "uid";

    [Field("c", NotNull = true, Required = true, Default = "\"memberOf\"")]
    public string? UserMemberAttribute { get; init; } = "memberOf";

    [Field("c", NotNull = true, Required = true, Default = "\"givenName\"")]
    public string? UserNameField { get; init; } = "givenName";

    [Field("c", NotNull = true, Required = true, Default = "\"inetOrgPerson\"")]
    public string? UserObjectClass { get; init; } = "inetOrgPerson";

    [Field("c", NotNull = true, Required = true, Default = "\"uid\"")]
    public string? UserSearchField { get; init; } = "uid";
}
