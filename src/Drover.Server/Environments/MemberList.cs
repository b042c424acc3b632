using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Binding;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>What holds for the members of an environment (api-auth.md section 7).</summary>
public static class MemberList
{
    private static readonly string[] Keys = ["externalId", "externalIdType", "role"];

    /// <summary>Throws 400 where a member lacks one of its three keys.</summary>
    public static void CheckFormat(Body body)
    {
        if (body.Find("members") is not { ValueKind: JsonValueKind.Array } members) throw new ProblemException(Wrong("Member format invalid"));
        foreach (var member in members.EnumerateArray())
            if (member.ValueKind != JsonValueKind.Object || Keys.Any(key => !member.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.String))
                throw new ProblemException(Wrong("Member format invalid"));
    }

    /// <summary>The problems of a list that is to become an environment's: somebody must own it, and accounts must be there.</summary>
    public static IEnumerable<Problem> Check(Snapshot view, IReadOnlyCollection<ProjectMember> members)
    {
        if (members.All(member => member.Role != "owner")) yield return Wrong("At least one owner is needed");
        foreach (var member in members)
            if (member.ExternalId is null or { Length: 0 } || member.ExternalIdType is null || member.Role is null)
                yield return Wrong("Member format invalid");
            else if (member.ExternalIdType == Members.OwnType && (!ResourceId.TryParse(member.ExternalId, out var id) || view.Find<Account>(id) is not { IsRemoved: false }))
                yield return new Problem("InvalidIdentity", Message: $"There is no account {member.ExternalId}", Status: 400);
    }

    private static Problem Wrong(string message) => new("InvalidFormat", Message: message, Status: 400);
}
