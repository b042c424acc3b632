using System.Collections.Frozen;
using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;

namespace Drover.Server.Api.Calls;

/// <summary>Who calls, as what, and for which account (api-auth.md sections 1 to 3).</summary>
/// <param name="Role">Exactly one role; it picks the schemas.</param>
/// <param name="AccountId">The account acted as: the project inside of a project's scope.</param>
/// <param name="AuthenticatedId">The account that signed in.</param>
public sealed record Caller(Roles Role, long AccountId, long AuthenticatedId)
{
    /// <summary>The roles that are not bound to one account outside of a project's scope.</summary>
    public const Roles Unbound = Roles.Admin | Roles.Superadmin | Roles.Service | Roles.ReadAdmin;

    /// <summary>Kind and name of the account that signed in, for the headers of the answer.</summary>
    public string AuthenticatedKind { get; init; } = "admin";

    public string? AuthenticatedName { get; init; }

    /// <summary>How it signed in: AdminAuth, BasicAuth, RegistrationToken, TokenAccount or TokenAuth.</summary>
    public string AuthType { get; init; } = "AdminAuth";

    /// <summary>"TYPE:ID" of the identity it signed in with, such as "rancher_id:1a1".</summary>
    public string? Identity { get; init; }

    /// <summary>The projects that the caller is a member of.</summary>
    public FrozenSet<long> Projects { get; init; } = [];

    /// <summary>Those of them that it owns.</summary>
    public FrozenSet<long> OwnedProjects { get; init; } = [];

    /// <summary>True where the one who signed in may enter every project.</summary>
    public bool ReachesAllProjects { get; init; }

    /// <summary>The agent or container's account that calls; null for everyone else.</summary>
    public long? AgentId { get; init; }

    /// <summary>The session that the caller signed in with; null for keys.</summary>
    public long? SessionId { get; init; }

    /// <summary>The API key that the caller signed in with; null for sessions, agents and tokens.</summary>
    public long? KeyId { get; init; }

    /// <summary>True where rows of every account are seen.</summary>
    public bool SeesAllAccounts => (Role & Unbound) != 0;

    /// <summary>True inside of a project's scope, and for a project's own key.</summary>
    public bool InProject => !SeesAllAccounts && AccountId != AuthenticatedId;

    /// <summary>True where the caller may read an object, given that its role sees the kind.</summary>
    public bool Reads(Entry entry) => Owns(entry) || entry.Wanted is IShared { IsPublic: true };

    /// <summary>True where the object belongs to whom the caller acts for: what is only shown to everybody is not to be changed.</summary>
    public bool Owns(Entry entry)
        => SeesAllAccounts || entry.Wanted switch
        {
            Project => ReachesAllProjects || entry.Id == AccountId || OwnedProjects.Contains(entry.Id) || (Projects.Contains(entry.Id) && !IsClosed(entry.State)),
            Account => entry.Id == AccountId || entry.Id == AuthenticatedId,
            ProjectMember { ProjectId: { } project } => ReachesAllProjects || project == AccountId || Projects.Contains(project),
            var wanted => wanted.AccountId is null || wanted.AccountId == AccountId,
        };

    /// <summary>True for environments that only their owners see (ENV-13).</summary>
    private static bool IsClosed(string? state) => state is "inactive" or "deactivating" or "updating-inactive" or "removing" or "removed" or "purging" or "purged";
}
