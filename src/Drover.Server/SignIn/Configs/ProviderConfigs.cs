using System.Collections.Immutable;

namespace Drover.Server.SignIn.Configs;

/// <summary>The configurations of all providers.</summary>
public static class ProviderConfigs
{
    public static ProviderConfig Local { get; } = new("localAuthConfig", null, "rancher_id", [], [.. Access("api.auth.local")]);

    public static ProviderConfig OpenLdap { get; } = new("openldapconfig", null, "openldap_user", ["openldap_group"],
    [
        .. Directory("api.auth.ldap.openldap", "uid", "inetOrgPerson", "givenName", "", "", "memberOf", "cn", "posixGroup", "cn", "entryDN", "memberUid", "1000"),
        .. Access("api.auth.ldap.openldap"),
    ]);

    public static ProviderConfig ActiveDirectory { get; } = new("ldapconfig", "ldapConfig", "ldap_user", ["ldap_group"],
    [
        .. Directory("api.auth.ldap", "sAMAccountName", "person", "name", "userAccountControl", "2", "memberOf", "sAMAccountName", "group", "name", "distinguishedName", "member", "5000"),
        .. Access("api.auth"),
    ]);

    public static ProviderConfig Azure { get; } = new("azureadconfig", null, "azuread_user", ["azuread_group"],
    [
        new("clientId", "api.auth.azure.client.id", Required: true),
        new("tenantId", "api.auth.azure.tenant.id", Required: true),
        new("domain", "api.auth.azure.domain", Required: true),
        new("adminAccountUsername", "api.auth.azure.admin.username"),
        new("adminAccountPassword", "api.auth.azure.admin.password", IsSecret: true),
        new("loginUrl", "api.auth.azure.login.url", "https://login.microsoftonline.com", BySetting: true),
        new("graphUrl", "api.auth.azure.graph.url", "https://graph.microsoft.com", BySetting: true),
        .. Access("api.auth.azure"),
    ]);

    public static ProviderConfig GitHub { get; } = new("githubconfig", "githubConfig", "github_user", ["github_org", "github_team"],
    [
        new("hostname", "api.auth.github.hostname"),
        new("scheme", "api.auth.github.scheme", "https://"),
        new("clientId", "api.auth.github.client.id", Required: true),
        new("clientSecret", "api.auth.github.client.secret", IsSecret: true, Required: true),
        .. Access("api.auth"),
    ]);

    public static ProviderConfig OpenIdConnect { get; } = new("oidcconfig", "oidcConfig", "oidc_user", ["oidc_group"],
    [
        new("issuer", "api.auth.oidc.issuer", Required: true),
        new("clientId", "api.auth.oidc.client.id", Required: true),
        new("clientSecret", "api.auth.oidc.client.secret", IsSecret: true, Required: true),
        new("scopes", "api.auth.oidc.scopes", "openid profile email"),
        new("loginClaim", "api.auth.oidc.login.claim", "preferred_username"),
        new("nameClaim", "api.auth.oidc.name.claim", "name"),
        new("groupsClaim", "api.auth.oidc.groups.claim", "groups"),
        .. Access("api.auth"),
    ]);

    public static ProviderConfig Saml { get; } = new("shibbolethconfig", "shibbolethConfig", "shibboleth_user", ["shibboleth_group"],
    [
        new("idpMetadataUrl", "api.auth.shibboleth.idp.metadata.url"),
        new("idpMetadataContent", "api.auth.shibboleth.idp.metadata.content"),
        new("spCert", "api.auth.shibboleth.sp.cert"),
        new("spKey", "api.auth.shibboleth.sp.key", IsSecret: true),
        new("groupsField", "api.auth.shibboleth.groups.field"),
        new("displayNameField", "api.auth.shibboleth.display.name.field"),
        new("userNameField", "api.auth.shibboleth.user.name.field"),
        new("uidField", "api.auth.shibboleth.uid.field", Required: true),
        .. Access("api.auth"),
    ]);

    /// <summary>All providers; those behind `/v1-auth/config` share access mode and allowed identities.</summary>
    public static ImmutableArray<ProviderConfig> Each { get; } = [Local, OpenLdap, ActiveDirectory, Azure, GitHub, OpenIdConnect, Saml];

    /// <summary>The same with each setting once.</summary>
    public static IEnumerable<ProviderConfig> All
        => Each.Select((config, at) => config with { Fields = [.. config.Fields.Where(own => !Each.Take(at).Any(earlier => earlier.Fields.Any(f => f.Setting == own.Setting)))] });

    /// <summary>The provider of a name in any letter case; null where there is none.</summary>
    public static ProviderConfig? Find(string? name) => Each.FirstOrDefault(config => config.Provider.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<ConfigField> Access(string prefix) =>
    [
        new(ProviderConfig.AccessMode, prefix + ".access.mode", "unrestricted"),
        new(ProviderConfig.AllowedIdentities, prefix + ".allowed.identities"),
    ];

    private static IEnumerable<ConfigField> Directory(
        string prefix, string user, string userClass, string userName, string enabled, string disabledMask, string memberOf,
        string group, string groupClass, string groupName, string groupDn, string mapping, string timeout) =>
    [
        new("server", prefix + ".server", Required: true),
        new("port", prefix + ".port", "389"),
        new("tls", prefix + ".tls", "false"),
        new("domain", prefix + ".domain", Required: true),
        new("groupSearchDomain", prefix + ".group.search.domain"),
        new("loginDomain", prefix + ".login.domain"),
        new("serviceAccountUsername", prefix + ".service.account.user", Required: true),
        new("serviceAccountPassword", prefix + ".service.account.password", IsSecret: true, Required: true),
        new("userSearchField", prefix + ".user.search.field", user),
        new("userLoginField", prefix + ".user.login.field", user),
        new("userObjectClass", prefix + ".user.object.class", userClass),
        new("userNameField", prefix + ".user.name.field", userName),
        new("userEnabledAttribute", prefix + ".user.enabled.attribute", enabled),
        new("userDisabledBitMask", prefix + ".user.disabled.mask.bit", disabledMask),
        new("userMemberAttribute", prefix + ".user.member.attribute", memberOf),
        new("groupSearchField", prefix + ".group.search.field", group),
        new("groupObjectClass", prefix + ".group.object.class", groupClass),
        new("groupNameField", prefix + ".group.name.field", groupName),
        new("groupDNField", prefix + ".group.dn.field", groupDn),
        new("groupMemberUserAttribute", prefix + ".group.member.user.attribute", groupDn),
        new("groupMemberMappingAttribute", prefix + ".group.member.mapping.attribute", mapping),
        new("connectionTimeout", prefix + ".connection.timeout", timeout),
    ];
}
