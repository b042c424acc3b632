using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Resolves links of services. Pure.</summary>
public static class ServiceLinks
{
    /// <summary>The service with its open links resolved as far as their targets exist, and without links to services that are gone.</summary>
    public static Service Resolved(Snapshot view, Service service)
    {
        var (links, open) = (service.Links, service.OpenLinks);
        foreach (var (alias, target) in service.Links.Items)
            if (AnyService.Find(view, target) is not { IsRemoved: false, Wanted.RemoveRequested: false })
                links = links.Without(alias);
            else if (MovedTo(view, target) is { } moved)
                links = links.With(alias, moved);
        foreach (var (alias, name) in service.OpenLinks.Items)
        {
            if (Find(view, service, name) is not { } target) continue;
            links = links.With(alias, target.Id);
            open = open.Without(alias);
        }

        return links == service.Links && open == service.OpenLinks ? service : service with { Links = links, OpenLinks = open };
    }

    // Links follow a move to another service when at least half of its containers have moved, and follow it back (UPG-11).
    private static long? MovedTo(Snapshot view, long target)
    {
        if (view.Get<Service>(target) is not { } service) return null;
        if (IsMoving(service, UpgradePhase.Forward, out var to) && view.Get<Service>(to) is { RemoveRequested: false } next && next.Scale >= service.Scale && next.Scale > 0) return next.Id;
        return view.Get<Service>(service.ReplacesServiceId) is { RemoveRequested: false } old && IsMoving(old, UpgradePhase.Back, out var abandoned) && abandoned == target && old.Scale >= service.Scale && old.Scale > 0 ? old.Id : null;
    }

    private static bool IsMoving(Service service, UpgradePhase phase, out long? to)
    {
        to = service.Upgrade is { InServiceStrategy: null, ToServiceStrategy: { UpdateLinks: true } strategy } ? strategy.ToServiceId : null;
        return to is not null && UpgradePhases.Of(service) == phase;
    }

    /// <summary>The service that "stack/service" or "service" names, as seen from another one; null where there is none.</summary>
    public static Entry? Find(Snapshot view, Service from, string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var stackId = slash < 0 ? from.StackId : StackNamed(view, from.AccountId, name[..slash]);
        return stackId is { } id ? InStack(view, id, name[(slash + 1)..]) : null;
    }

    /// <summary>The live service of this name in a stack, letter case aside.</summary>
    public static Entry? InStack(Snapshot view, long stackId, string name)
        => AnyService.InStack(view, stackId).FirstOrDefault(s => s is { IsRemoved: false, Wanted.RemoveRequested: false } && Same(s.Wanted.Name, name));

    private static long? StackNamed(Snapshot view, long? environment, string name)
        => environment is { } id ? view.By<Stack>("accountId", id).FirstOrDefault(s => s is { IsRemoved: false, Wanted.RemoveRequested: false } && Same(s.Wanted.Name, name))?.Id : null;

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
