using System.Collections.Frozen;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Who is a member of which environment, and as what.</summary>
public static class Members
{
    private static readonly (string Name, Roles Role)[] ByPriority =
        [("owner", Roles.Owner), ("member", Roles.Member), ("restricted", Roles.Restricted), ("readonly", Roles.ReadOnly)];

    /// <summary>The best role of an account in a project; none where it is no member.</summary>
    public static Roles RoleOf(Snapshot view, long project, long account)
    {
        var mine = view.By<ProjectMember>("projectId", project)
            .Where(e => !e.IsRemoved && IsAccount((ProjectMember)e.Wanted, account))
            .Select(e => ((ProjectMember)e.Wanted).Role)
            .ToHashSet(StringComparer.Ordinal);
        return ByPriority.FirstOrDefault(p => mine.Contains(p.Name)).Role;
    }

    /// <summary>The projects that an account is a member of.</summary>
    public static FrozenSet<long> ProjectsOf(Snapshot view, long account)
        => view.All<ProjectMember>()
            .Where(e => !e.IsRemoved && IsAccount((ProjectMember)e.Wanted, account))
            .Select(e => ((ProjectMember)e.Wanted).ProjectId ?? 0)
            .ToFrozenSet();

    private static bool IsAccount(ProjectMember member, long account)
        => member.ExternalIdType == "rancher_id"
            && (ResourceId.TryParse(member.ExternalId, out var id) || long.TryParse(member.ExternalId, out id))
            && id == account;
}
