using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>What holds for environments: they get members and a network, owners change them, removal deactivates first.</summary>
public sealed class ProjectRules : ICreateRule, IUpdateRule, IRemoveRule
{
    public string Kind => "project";

    public string Before => "deactivate";

    public IEnumerable<Problem> Check(CreateDraft draft)
    {
        if (draft.Caller.InProject) yield return Problem.Forbidden();
        var project = (Project)draft.Wanted;
        foreach (var member in project.Members)
            if (member.ExternalId is null || member.ExternalIdType is null || member.Role is null)
                yield return new Problem("InvalidFormat", Message: "Member format invalid", Status: 400);
        if (project.Members.Count > 0 && project.Members.All(m => m.Role != "owner"))
            yield return new Problem("InvalidFormat", Message: "At least one owner is needed", Status: 400);
        draft.Wanted = project with { AccountId = null, Version = "2" };
        draft.Seen = new ProjectSeen { HealthState = "healthy" };
    }

    public void Created(WriteTx tx, Resource created, Caller caller)
    {
        var project = (Project)created;
        var members = project.Members.Count > 0
            ? project.Members.Items
            : [Members.Of(caller.AuthenticatedId, "owner")];
        NewEnvironment.Complete(tx, project, members);
    }

    public IEnumerable<Problem> Check(UpdateDraft draft) => OwnersOnly(draft.Tx, draft.Before, draft.Caller);

    public IEnumerable<Problem> Check(RemoveDraft draft) => OwnersOnly(draft.Tx, draft.Before, draft.Caller);

    private static IEnumerable<Problem> OwnersOnly(WriteTx tx, Entry project, Caller caller)
    {
        if (caller.ReachesAllProjects || Members.RoleOf(tx.View, project.Id, caller.AuthenticatedId) == Roles.Owner) yield break;
        yield return Problem.Forbidden("You must be a project owner to update the name or description.");
    }
}
