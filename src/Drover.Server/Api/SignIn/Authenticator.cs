using Drover.Model.Accounts;
using Drover.Model.Agents;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Api.Calls;
using Drover.Server.Credentials;
using Drover.Server.Environments;
using Drover.Server.Settings;
using Drover.Server.SignIn;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>Finds out who calls: a registration token, a key pair, and while access control is off the administrator (api-auth.md sections 2 and 3).</summary>
public sealed class Authenticator(ResourceStore store, KeyRing keys, SetupGate gate, TimeProvider time)
{
    private const Roles ReachingAll = Roles.Admin | Roles.Superadmin | Roles.Service;

    /// <summary>The caller outside of any project's scope. Throws 401 where nobody is let in.</summary>
    public async Task<Caller> SignInAsync(HttpRequest request, CancellationToken cancel)
    {
        var view = store.Current;
        if (OfSession(view, SessionKeys.Of(request)) is { } signedIn) return signedIn;
        if (BasicPair.Of(request) is { } pair)
        {
            if (SessionKeys.Of(pair) is { } session) return OfSession(view, session) ?? throw Unauthorized();
            if (pair.User == "registrationToken")
                return RegistrationTokens.EnvironmentOf(view, pair.Password, time.GetUtcNow()) is { } environment && Active(view, environment, Roles.Register) is { } joining
                    ? joining with { AuthType = "RegistrationToken" }
                    : throw Unauthorized();
            if ((AgentKeys.Find(view, request.Headers.Authorization) ?? await keys.FindAsync(view, pair.User, pair.Password, cancel)) is { } key)
                return OfKey(view, key) is { } caller ? caller with { AuthType = "BasicAuth" } : throw Unauthorized();
        }

        if (SettingsTable.IsOn(view, "api.security.enabled") || Enforced(request) || !gate.Admits(request)) throw Unauthorized();
        return Active(view, FirstStart.AdminId, Roles.Admin) ?? throw Unauthorized();
    }

    /// <summary>Who asks for `token`: that needs no credentials, and shows nothing else.</summary>
    public Caller Stranger()
        => store.Current.All<Account>().FirstOrDefault(e => e.Wanted is Account { Kind: "token" }) is { } account
            ? new Caller(Roles.Token, account.Id, account.Id) { AuthenticatedKind = "token", AuthenticatedName = account.Wanted.Name, AuthType = "TokenAccount" }
            : throw Unauthorized();

    /// <summary>The caller of a session; null where there is none that holds. Throws 401 where another provider is configured than the one that vouched, 403 where the site lets the person in no more.</summary>
    private Caller? OfSession(Snapshot view, string? key)
    {
        if (SessionTable.Find(view, key, time.GetUtcNow()) is not { Wanted: AuthToken { AccountId: { } account, Provider: var provider } } session) return null;
        if (provider != SessionTable.Recovery)
        {
            if (ProviderConfigs.Find(SettingsTable.Value(view, SignInSettings.Provider)) is null) return null;
            if (!IsConfigured(view, provider)) throw new ProblemException(new Problem("AuthProviderChanged", Message: "AuthProviderChanged", Status: 401));
            if (!SiteAccess.LetsIn(view, account)) throw SiteAccess.Refusal();
        }

        return (Active(view, account, null) ?? throw Unauthorized()) with { SessionId = session.Id, AuthType = "TokenAuth" };
    }

    /// <summary>The same caller in a project's scope. Throws 400 for a malformed id and 403 where the project is closed to it.</summary>
    public static Caller Enter(Snapshot view, Caller caller, string project)
    {
        if (!ResourceId.TryParse(project, out var id)) throw new ProblemException(new Problem("InvalidFormat", Message: "InvalidFormat", Status: 400, Detail: "The project's id is malformed"));
        if (id == caller.AccountId) return caller;
        if (!IsOpen(view.Find<Project>(id))) throw new ProblemException(Problem.Forbidden());
        var role = caller.ReachesAllProjects ? Roles.Owner : RoleIn(view, id, caller);
        return role == Roles.None ? throw new ProblemException(Problem.Forbidden()) : caller with { Role = role, AccountId = id };
    }

    /// <summary>True where an account lets its keys and tokens in.</summary>
    public static bool IsOpen(Entry? account) => account is { IsRemoved: false, State: "active" or "upgrading" or "updating-active" };

    /// <summary>What an account is that has signed in before, for streams that outlive their request; null where it is not active, or is let in no more.</summary>
    /// <param name="view">The state.</param>
    /// <param name="account">The account that signed in.</param>
    /// <param name="session">The session that it signed in with; null for keys.</param>
    /// <param name="agent">The container's account that signed in for it; null for all others.</param>
    public static Caller? Standing(Snapshot view, long account, long? session, long? agent)
    {
        if (agent is not null) return view.Find<Agent>(agent) is { } entry ? OfContainer(view, entry, account) : null;
        var stands = view.Find<AuthToken>(session) is { Wanted: AuthToken token }
            ? token.Provider == SessionTable.Recovery || (IsConfigured(view, token.Provider) && SiteAccess.LetsIn(view, account))
            : MayGoOn(view, account);
        return stands ? Active(view, account, null) : null;
    }

    /// <summary>An environment's key, an agent or a token stay in their own environment.</summary>
    private static Roles RoleIn(Snapshot view, long project, Caller caller)
        => caller.Role is Roles.User or Roles.ReadAdmin ? Members.RoleOf(view, project, caller.AuthenticatedId) : Roles.None;

    private static Caller? OfKey(Snapshot view, Entry key) => key.Wanted switch
    {
        Agent { ContainerId: not null, AccountId: { } environment } => OfContainer(view, key, environment),
        Agent agent when (agent.AgentResourcesAccountId ?? agent.AccountId) is { } environment
            => Active(view, environment, Roles.Agent) is { } caller ? caller with { AgentId = agent.Id, AuthenticatedKind = "agent" } : null,
        { AccountId: { } account } => !MayGoOn(view, account) ? throw SiteAccess.Refusal()
            : Active(view, account, null) is { } caller ? caller with { KeyId = key.Id } : null,
        _ => null,
    };

    /// <summary>A container calls as its environment, in the role of its account.</summary>
    private static Caller? OfContainer(Snapshot view, Entry account, long environment)
        => ServiceAccounts.RoleOf(view, account) is { } role && Active(view, environment, role.Role) is { } caller ? caller with { AgentId = account.Id, AuthenticatedKind = role.Kind } : null;

    private static bool IsConfigured(Snapshot view, string? provider)
        => ProviderConfigs.Find(SettingsTable.Value(view, SignInSettings.Provider)) is { } config && config.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase);

    /// <summary>While access control is off the site has no rule yet whom it lets in.</summary>
    private static bool MayGoOn(Snapshot view, long account) => !SettingsTable.IsOn(view, "api.security.enabled") || SiteAccess.LetsIn(view, account);

    /// <summary>The caller that an active account is; null for any other account.</summary>
    private static Caller? Active(Snapshot view, long account, Roles? role)
    {
        if (view.Find("account", account) is not { } entry || !IsOpen(entry)) return null;
        var kind = entry.Wanted is Account { Kind: { } own } ? own : entry.Kind.Name;
        if ((role ?? RoleOf(kind)) is not { } known) return null;
        var (projects, owned) = Members.ProjectsOf(view, account);
        return new Caller(known, account, account)
        {
            AuthenticatedKind = kind,
            AuthenticatedName = entry.Wanted.Name,
            ReachesAllProjects = (known & ReachingAll) != 0,
            Identity = entry.Wanted is Account ? Members.IdentityOf(account) : null,
            Projects = projects,
            OwnedProjects = owned,
        };
    }

    private static Roles? RoleOf(string accountKind) => accountKind switch
    {
        "admin" => Roles.Admin,
        "readAdmin" => Roles.ReadAdmin,
        "service" => Roles.Service,
        "user" => Roles.User,
        "project" => Roles.Project,
        "superadmin" => Roles.Superadmin,
        _ => null,
    };

    private static bool Enforced(HttpRequest request)
        => request.Headers["X-ENFORCE-AUTHENTICATION"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static ProblemException Unauthorized() => new(Problem.Unauthorized());
}
