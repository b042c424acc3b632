using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Settings;
using Drover.Store;

namespace Drover.Server.Environments;

/// <summary>Who may do what to an environment: owners and administrators all, and `setmembers` the roles of setting `project.set.member.roles` (ENV-16, ENV-23).</summary>
public sealed class ProjectActions : IActionFilter
{
    public string Kind => "project";

    public bool Offers(ApiCall call, Entry entry, string action)
        => action == "setmembers" ? !entry.IsRemoved && MaySetMembers(call.Snapshot, entry.Id, call.Caller) : IsOwner(call.Snapshot, entry.Id, call.Caller);

    /// <summary>True for owners, and for those who reach every environment.</summary>
    public static bool IsOwner(Snapshot view, long project, Caller caller)
        => caller.ReachesAllProjects || Members.RoleOf(view, project, caller.AuthenticatedId) == Roles.Owner;

    public static bool MaySetMembers(Snapshot view, long project, Caller caller)
        => caller.ReachesAllProjects || Infrastructure.Names(SettingsTable.Value(view, MoreSettings.MemberRoles), Members.RoleOf(view, project, caller.AuthenticatedId));
}
