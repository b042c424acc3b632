using Drover.Model.Accounts;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;

namespace Drover.Server.Environments;

/// <summary>Members are shown as the identities they are, and change by `setmembers` alone (api-auth.md section 7).</summary>
public sealed class ProjectMembers : IShownAs, ICreateRule, IActionFilter
{
    private static readonly Kind Shown = Catalog.All.Of<Identity>();

    public string Kind => "projectMember";

    public bool Offers(ApiCall call, Entry entry, string action) => false;

    public IEnumerable<Problem> Check(CreateDraft draft)
        => [Problem.NotAllowed("Members change by the action setmembers of their project")];

    public Entry Show(ApiCall call, Entry entry)
    {
        var member = (ProjectMember)entry.Wanted;
        var account = member.ExternalIdType == Members.OwnType && ResourceId.TryParse(member.ExternalId, out var id) ? call.Snapshot.Find<Account>(id) : null;
        var name = account?.Wanted.Name ?? member.Name ?? member.ExternalId;
        var row = new Identity
        {
            Id = entry.Id,
            ExternalId = member.ExternalId,
            ExternalIdType = member.ExternalIdType,
            Name = name,
            Login = account is null ? $"({member.ExternalIdType?.ToUpperInvariant()}  not found) {name}" : name,
            ProjectId = member.ProjectId,
            Role = member.Role,
            User = member.ExternalIdType == Members.OwnType || member.ExternalIdType?.EndsWith("_user", StringComparison.Ordinal) == true,
        };
        return new Entry(Shown, row, new PlainSeen(), entry.WantedRevision, entry.SeenRevision);
    }
}
