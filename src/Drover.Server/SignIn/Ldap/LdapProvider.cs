using System.DirectoryServices.Protocols;
using System.Globalization;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;

namespace Drover.Server.SignIn.Ldap;

/// <summary>People and groups of an LDAP directory: OpenLDAP and Active Directory (AUTH-09, AUTH-10).</summary>
/// <param name="config">Which of the two.</param>
/// <param name="trust">The folder of further certificate authorities; null for the machine's own alone.</param>
public sealed class LdapProvider(ProviderConfig config, string? trust) : ISignInProvider
{
    public ProviderConfig Config => config;

    private string GroupType => config.GroupTypes[0];

    public Task<SignedIn> SignInAsync(ProviderValues values, string code, CancellationToken cancel)
    {
        if (code.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) throw new ProblemException(Problem.Forbidden("The code is \"user:password\""));
        var (login, password) = (code[..colon], code[(colon + 1)..]);
        if (values["server"] is null) throw new ProblemException(new Problem(config == ProviderConfigs.OpenLdap ? "OpenLDAPConfig" : "NotConfigured", Message: "The directory is not configured", Status: 503));
        return Task.Run(() => SignIn(LdapSettings.Of(values), login, password), cancel);
    }

    public Task<IReadOnlyList<Identity>> SearchAsync(ProviderValues values, string text, bool exact, CancellationToken cancel)
        => Task.Run<IReadOnlyList<Identity>>(
            () =>
            {
                var settings = LdapSettings.Of(values);
                using var session = Service(settings);
                var (user, group) = (settings.User, settings.Group);
                var people = session.Search(settings.Base, exact ? LdapFilter.Equal(user.ObjectClass, user.Search, text) : LdapFilter.Contains(user.ObjectClass, [user.Search, user.Name], text), user.All);
                var groups = session.Search(settings.GroupBase, exact ? LdapFilter.Equal(group.ObjectClass, group.Search, text) : LdapFilter.Contains(group.ObjectClass, [group.Search, group.Name], text), group.All);
                return [.. people.Select(e => Person(settings, e)), .. groups.Select(e => Group(settings, e))];
            },
            cancel);

    public Task<Identity?> FindAsync(ProviderValues values, string type, string externalId, CancellationToken cancel)
        => Task.Run(
            () =>
            {
                var settings = LdapSettings.Of(values);
                if (!IsBelow(externalId, type == config.UserType ? settings.Base : settings.GroupBase)) return null;
                using var session = Service(settings);
                if (type == config.UserType) return session.Read(externalId, settings.User.All) is { } person && Is(person, settings.User.ObjectClass) ? Person(settings, person) : null;
                return session.Read(externalId, settings.Group.All) is { } group && Is(group, settings.Group.ObjectClass) ? Group(settings, group) : null;
            },
            cancel);

    /// <summary>Reads the person as the service account. Only an entry that is not there, or is marked as disabled, is a person who is gone.</summary>
    public Task<Membership?> AskAsync(ProviderValues values, string externalId, CancellationToken cancel)
        => Task.Run<Membership?>(
            () =>
            {
                var settings = LdapSettings.Of(values);
                using var service = ServiceOrDown(settings);
                var entry = service.ReadHere(externalId, settings.User.All);
                if (entry is not null && IsDisabled(settings.User, entry)) return Membership.Gone;
                var groups = entry is null ? [] : LdapGroups.Of(service, settings, entry);
                // Nothing there is an answer only where there could be something.
                if (groups.Count == 0 && service.Read(entry is null ? settings.Base : settings.GroupBase, ["objectClass"]) is null)
                    throw new ProblemException(new Problem("LdapDown", Message: "The service account may not read the directory", Status: 503));
                return entry is null ? Membership.Gone : new Membership(false, [.. groups.Select(e => Group(settings, e))]);
            },
            cancel);

    /// <summary>Binds as the service account and reads the base of the search.</summary>
    public Task CheckAsync(ProviderValues values, CancellationToken cancel)
        => Task.Run(
            () =>
            {
                var settings = LdapSettings.Of(values);
                try
                {
                    using var session = Service(settings);
                    if (session.Read(settings.Base, ["objectClass"]) is null) throw Invalid($"domain: there is no {settings.Base} that the service account may read");
                    if (session.Read(settings.GroupBase, ["objectClass"]) is null) throw Invalid($"groupSearchDomain: there is no {settings.GroupBase} that the service account may read");
                }
                catch (ProblemException refused) when (refused.Problem.Status == 401)
                {
                    throw Invalid("The directory refuses the service account");
                }
                catch (ProblemException down) when (down.Problem.Code is "LdapDown" or "NotConfigured")
                {
                    throw Invalid(down.Problem.Detail ?? down.Problem.Message ?? "The directory does not answer");
                }
            },
            cancel);

    private SignedIn SignIn(LdapSettings settings, string login, string password)
    {
        using var service = ServiceOrDown(settings);
        var found = service.Search(settings.Base, LdapFilter.Equal(settings.User.ObjectClass, settings.User.Login, Bare(settings, login)), settings.User.All);
        // No person and several persons are refused alike, and with a bind as for a wrong password, so that times tell nothing.
        var entry = found.Count == 1 ? found[0] : null;
        using (LdapSession.Bind(settings, trust, entry?.DistinguishedName ?? $"cn=nobody,{settings.Base}", password))
        {
            if (entry is null || IsDisabled(settings.User, entry)) throw SignInAccounts.Unauthorized();
        }

        var user = Person(settings, entry);
        return new SignedIn(user, [user, .. LdapGroups.Of(service, settings, entry).Select(e => Group(settings, e))], config == ProviderConfigs.OpenLdap ? "openldapJwt" : "ldapJwt");
    }

    private LdapSession Service(LdapSettings settings) => LdapSession.Bind(settings, trust, settings.ServiceUser, settings.ServicePassword);

    /// <summary>A service account that is refused is no wrong password of the person.</summary>
    private LdapSession ServiceOrDown(LdapSettings settings)
    {
        try
        {
            return Service(settings);
        }
        catch (ProblemException refused) when (refused.Problem.Status == 401)
        {
            throw new ProblemException(new Problem("LdapDown", Message: "The directory refuses the service account", Status: 503));
        }
    }

    private Identity Person(LdapSettings settings, SearchResultEntry entry) => new()
    {
        ExternalIdType = config.UserType,
        ExternalId = entry.DistinguishedName,
        Login = First(entry, settings.User.Login),
        Name = First(entry, settings.User.Name) ?? First(entry, settings.User.Login),
        User = true,
    };

    private Identity Group(LdapSettings settings, SearchResultEntry entry) => new()
    {
        ExternalIdType = GroupType,
        ExternalId = entry.DistinguishedName,
        Login = First(entry, settings.Group.Search),
        Name = First(entry, settings.Group.Name) ?? First(entry, settings.Group.Search),
        User = false,
    };

    /// <summary>The login without the domain before it: "LAB\ann" is "ann".</summary>
    private static string Bare(LdapSettings settings, string login)
        => settings.LoginDomain is { } domain && login.StartsWith(domain + "\\", StringComparison.OrdinalIgnoreCase) ? login[(domain.Length + 1)..] : login;

    private static bool IsDisabled(LdapUserFields user, SearchResultEntry entry)
        => user is { EnabledAttribute: { } attribute, DisabledMask: not 0 and var mask }
            && int.TryParse(First(entry, attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var flags) && (flags & mask) == mask;

    private static bool IsBelow(string dn, string parent)
    {
        var (name, above) = (Tight(dn), Tight(parent));
        return name.Equals(above, StringComparison.OrdinalIgnoreCase) || name.EndsWith("," + above, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>People write spaces behind commas; directories do not.</summary>
    private static string Tight(string dn) => string.Join(',', dn.Split(',').Select(part => part.Trim()));

    private static bool Is(SearchResultEntry entry, string objectClass) => LdapGroups.Values(entry, "objectClass").Contains(objectClass, StringComparer.OrdinalIgnoreCase);

    private static string? First(SearchResultEntry entry, string attribute) => LdapGroups.Values(entry, attribute).FirstOrDefault();

    private static ProblemException Invalid(string message) => new(new Problem("InvalidLDAPConfig", Message: message, Status: 400));
}
