using System.Collections.Frozen;
using Drover.Model.Environments;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Who is a member of which environment, and as what.</summary>
public static class Members
{
    /// <summary>The type of members that are accounts of Drover itself.</summary>
    public const string OwnType = "rancher_id";

    private static readonly (string Name, Roles Role)[] ByPriority =
        [("owner", Roles.Owner), ("member", Roles.Member), ("restricted", Roles.Restricted), ("readonly", Roles.ReadOnly)];

    private static readonly Kind Account = Catalog.All.FindKind("account")!;

    /// <summary>The member that an account is.</summary>
    public static ProjectMember Of(long account, string role) => new() { ExternalId = ResourceId.Format(Account, account), ExternalIdType = OwnType, Role = role };

    /// <summary>"rancher_id:1a7": the identity that an account of Drover itself is.</summary>
    public static string IdentityOf(long account) => $"{OwnType}:{ResourceId.Format(Account, account)}";

    /// <summary>The same member with its id in the one form that is looked up; accounts may be named with any letters.</summary>
    public static ProjectMember Normal(ProjectMember member)
        => member.ExternalIdType == OwnType && ResourceId.TryParse(member.ExternalId, out var id) ? member with { ExternalId = ResourceId.Format(Account, id) } : member;

    /// <summary>The best role of an account in a project; none where it is no member.</summary>
    public static Roles RoleOf(Snapshot view, long project, long account)
    {
        var mine = RowsOf(view, account).Where(m => m.ProjectId == project).Select(m => m.Role).ToHashSet(StringComparer.Ordinal);
        return ByPriority.FirstOrDefault(p => mine.Contains(p.Name)).Role;
    }

    /// <summary>The projects that an account is a member of, and those of them that it owns.</summary>
    public static (FrozenSet<long> All, FrozenSet<long> Owned) ProjectsOf(Snapshot view, long account)
    {
        var rows = RowsOf(view, account).ToList();
        return rows.Count == 0
            ? (FrozenSet<long>.Empty, FrozenSet<long>.Empty)
            : (rows.Select(m => m.ProjectId ?? 0).ToFrozenSet(), rows.Where(m => m.Role == "owner").Select(m => m.ProjectId ?? 0).ToFrozenSet());
    }

    /// <summary>All that an account is, as type and external id: itself, who it is to its sign-in provider, and that one's groups.</summary>
    public static IEnumerable<(string Type, string ExternalId)> IdentitiesOf(Snapshot view, long account)
    {
        yield return (OwnType, ResourceId.Format(Account, account));
        if (view.Get<Model.Accounts.Account>(account) is not { } person) yield break;
        if (person is { ExternalIdType: { Length: > 0 } type, ExternalId: { } id }) yield return (type, id);
        foreach (var known in person.KnownAs)
            if (known.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
                yield return (known[..colon], known[(colon + 1)..]);
    }

    private static IEnumerable<ProjectMember> RowsOf(Snapshot view, long account)
        => IdentitiesOf(view, account).Distinct()
            .SelectMany(who => view.By<ProjectMember>("externalId", who.ExternalId)
                .Where(e => !e.IsRemoved)
                .Select(e => (ProjectMember)e.Wanted)
                .Where(m => m.ExternalIdType == who.Type));
}
