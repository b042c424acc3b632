using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>`setmembers` of an environment: replaces its members; owners and administrators only (api-auth.md section 7).</summary>
public sealed class SetMembers : IKindAction, IActionFilter
{
    private static readonly string[] Keys = ["externalId", "externalIdType", "role"];

    public string Kind => "project";

    public string Action => "setmembers";

    public bool Offers(Api.Calls.ApiCall call, Entry entry, string action)
        => action != Action || call.Caller.ReachesAllProjects || Members.RoleOf(call.Snapshot, entry.Id, call.Caller.AuthenticatedId) == Roles.Owner;

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        CheckFormat(call.Body);
        var members = ((SetProjectMembersInput)call.Input!).Members;
        if (members.All(m => m.Role != "owner")) throw Wrong("At least one owner is needed");
        return ActionOutcome.Of(await call.Store.WriteAsync(tx => Replace(tx, call.Target.Id, members), cancel));
    }

    private static List<Entry> Replace(WriteTx tx, long project, EquatableArray<ProjectMember> members)
    {
        foreach (var member in members.Where(m => m.ExternalIdType == Members.OwnType))
            if (!ResourceId.TryParse(member.ExternalId, out var id) || tx.View.Find<Account>(id) is not { IsRemoved: false })
                throw new ProblemException(new Problem("InvalidIdentity", Message: "No such account", Status: 400));
        foreach (var old in tx.View.By<ProjectMember>("projectId", project).ToList())
        {
            tx.PutSeen(old.Kind.Family, old.Id, old.Seen with { Generation = old.Wanted.Generation, State = "removed", Removed = tx.Now, RemoveTime = tx.Now });
            tx.Bury(old.Kind.Family, old.Id);
        }

        var active = new PlainSeen { State = "active", Generation = 1 };
        var created = members.Select(member => tx.Create(Members.Normal(member) with { Id = 0, ProjectId = project, AccountId = project }, active).Id).ToList();
        return [.. created.Select(id => tx.View.Find<ProjectMember>(id)!)];
    }

    private static void CheckFormat(Body body)
    {
        if (body.Find("members") is not { ValueKind: JsonValueKind.Array } members) throw Wrong("Member format invalid");
        foreach (var member in members.EnumerateArray())
            if (member.ValueKind != JsonValueKind.Object || Keys.Any(key => !member.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String))
                throw Wrong("Member format invalid");
    }

    private static ProblemException Wrong(string message) => new(new Problem("InvalidFormat", Message: message, Status: 400));
}
