using System.Collections.Immutable;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn.Ldap;

/// <summary>Where a directory is and how it names people and groups.</summary>
public sealed record LdapSettings
{
    public required string Server { get; init; }
    public required int Port { get; init; }

    /// <summary>True for LDAP over TLS from the first byte.</summary>
    public required bool Tls { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>The subtree of people.</summary>
    public required string Base { get; init; }

    /// <summary>The subtree of groups.</summary>
    public required string GroupBase { get; init; }

    /// <summary>The NetBIOS name before "\" in logins of Active Directory; null for none.</summary>
    public string? LoginDomain { get; init; }

    public required string ServiceUser { get; init; }
    public required string ServicePassword { get; init; }
    public required LdapUserFields User { get; init; }
    public required LdapGroupFields Group { get; init; }

    public static LdapSettings Of(ProviderValues values) => new()
    {
        Server = values.Need("server"),
        Port = values.Number("port", 389),
        Tls = values.IsOn("tls"),
        Timeout = TimeSpan.FromMilliseconds(Math.Clamp(values.Number("connectionTimeout", 1000), 100, 60_000)),
        Base = values.Need("domain"),
        GroupBase = values["groupSearchDomain"] ?? values.Need("domain"),
        LoginDomain = values["loginDomain"],
        ServiceUser = values.Need("serviceAccountUsername"),
        ServicePassword = values.Need("serviceAccountPassword"),
        User = new(values.Need("userObjectClass"), values.Need("userLoginField"), values.Need("userSearchField"), values.Need("userNameField"), values["userMemberAttribute"])
        {
            EnabledAttribute = values["userEnabledAttribute"],
            DisabledMask = values.Number("userDisabledBitMask", 0),
            Named = values["groupMemberUserAttribute"],
        },
        Group = new(
            values.Need("groupObjectClass"), values.Need("groupSearchField"), values.Need("groupNameField"),
            values["groupDNField"], values["groupMemberUserAttribute"], values["groupMemberMappingAttribute"]),
    };
}

/// <summary>How people stand in the directory.</summary>
/// <param name="ObjectClass">Their class.</param>
/// <param name="Login">What they sign in with.</param>
/// <param name="Search">What they are searched by.</param>
/// <param name="Name">What they are called.</param>
/// <param name="MemberOf">Names their groups; null where the directory does not keep that.</param>
public sealed record LdapUserFields(string ObjectClass, string Login, string Search, string Name, string? MemberOf)
{
    /// <summary>Holds the bit of <see cref="DisabledMask"/>; null where nobody is disabled that way.</summary>
    public string? EnabledAttribute { get; init; }

    public int DisabledMask { get; init; }

    /// <summary>What stands for them in groups, such as uid; null for the distinguished name.</summary>
    public string? Named { get; init; }

    public ImmutableArray<string> All => [.. new[] { Login, Search, Name, MemberOf, EnabledAttribute, Named, "objectClass" }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
}

/// <summary>How groups stand in the directory.</summary>
/// <param name="ObjectClass">Their class.</param>
/// <param name="Search">What they are searched by.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Dn">Holds their distinguished name.</param>
/// <param name="MemberValue">The attribute of a member that stands in the group.</param>
/// <param name="Member">The attribute of the group that it stands in; null where groups do not name members.</param>
public sealed record LdapGroupFields(string ObjectClass, string Search, string Name, string? Dn, string? MemberValue, string? Member)
{
    public ImmutableArray<string> All => [.. new[] { Search, Name, Dn, MemberValue, "objectClass", "memberOf" }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
}
