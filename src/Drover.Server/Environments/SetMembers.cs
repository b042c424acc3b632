using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Api.Writes;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>`setmembers` of an environment: replaces its members (ENV-16).</summary>
public sealed class SetMembers : IKindAction
{
    public string Kind => "project";

    public string Action => "setmembers";

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        MemberList.CheckFormat(call.Body);
        var members = ((SetProjectMembersInput)call.Input!).Members.Items.Select(Members.Normal).ToList();
        return ActionOutcome.Of(await call.Store.WriteAsync(tx => Replace(tx, call.Target.Id, members, call.Call.Caller), cancel));
    }

    private static List<Entry> Replace(WriteTx tx, long project, List<ProjectMember> members, Caller caller)
    {
        if (!ProjectActions.MaySetMembers(tx.View, project, caller)) throw new ProblemException(Problem.Forbidden());
        foreach (var problem in MemberList.Check(tx.View, members)) throw new ProblemException(problem);
        var before = tx.View.By<ProjectMember>("projectId", project).ToList();
        if (!ProjectActions.IsOwner(tx.View, project, caller) && !OwnersOf(before.Select(e => (ProjectMember)e.Wanted)).SetEquals(OwnersOf(members)))
            throw new ProblemException(Problem.Forbidden("Only owners may change who owns the environment."));
        foreach (var old in before) tx.Bury(old, TimeSpan.Zero);
        var active = new PlainSeen { State = "active", Generation = 1 };
        var created = members.Select(member => tx.Create(member with { Id = 0, Uuid = null, ProjectId = project, AccountId = project }, active).Id).ToList();
        return [.. created.Select(id => tx.View.Find<ProjectMember>(id)!)];
    }

    private static HashSet<(string?, string?)> OwnersOf(IEnumerable<ProjectMember> members)
        => [.. members.Where(member => member.Role == "owner").Select(member => (member.ExternalIdType, member.ExternalId))];
}
