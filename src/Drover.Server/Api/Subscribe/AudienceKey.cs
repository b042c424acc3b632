using Drover.Model.Kernel;
using Drover.Server.Api.Calls;

namespace Drover.Server.Api.Subscribe;

/// <summary>What decides how a change looks: followers with equal keys receive the same bytes.</summary>
/// <param name="Role">The role picks fields and actions.</param>
/// <param name="AccountId">The account picks the objects.</param>
/// <param name="AuthenticatedId">Whose memberships count for environments.</param>
/// <param name="Memberships">The environments that it is in and owns; "*" where it reaches all of them.</param>
/// <param name="Root">The base of URLs.</param>
/// <param name="WantsActionLinks">Whether actions stand beside the resource.</param>
/// <param name="WantsOwn">Whether what Drover adds is sent.</param>
/// <param name="Includes">The links whose objects are embedded.</param>
public sealed record AudienceKey(Roles Role, long AccountId, long AuthenticatedId, string Memberships, string Root, bool WantsActionLinks, bool WantsOwn, string Includes)
{
    public static AudienceKey Of(ApiCall call)
        => new(call.Caller.Role, call.Caller.AccountId, call.Caller.AuthenticatedId, MembershipsOf(call.Caller), call.Urls.Root, call.WantsActionLinks, call.WantsOwn, string.Join(',', call.Query.Where(q => q.Key == "include").Select(q => q.Value)));

    private static string MembershipsOf(Caller caller)
        => caller.ReachesAllProjects ? "*" : $"{string.Join(',', caller.Projects.Order())}/{string.Join(',', caller.OwnedProjects.Order())}";
}
