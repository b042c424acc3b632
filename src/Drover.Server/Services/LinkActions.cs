using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>`addservicelink`, `removeservicelink` and `setservicelinks` (SVC-22).</summary>
internal sealed class LinkActions(string action) : IKindAction
{
    public string Kind => "service";

    public string Action => action;

    public static IEnumerable<IKindAction> All => [new LinkActions("addservicelink"), new LinkActions("removeservicelink"), new LinkActions("setservicelinks")];

    public async Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
        => ActionOutcome.Of(await call.Store.WriteAsync(tx => Write(tx, call), cancel).ConfigureAwait(false));

    private Entry Write(WriteTx tx, ActionCall call)
    {
        var service = AnyService.Find(tx.View, call.Target.Id)?.Wanted as Service ?? throw new ProblemException(Problem.NotFound());
        var next = (action, call.Input) switch
        {
            ("addservicelink", AddRemoveServiceLinkInput { ServiceLink: { } link }) => Added(tx.View, service, link),
            ("removeservicelink", AddRemoveServiceLinkInput { ServiceLink: { } link }) => Removed(tx.View, service, link),
            ("setservicelinks", SetServiceLinksInput input) => input.ServiceLinks.Items.Aggregate(service with { Links = default, OpenLinks = default }, (one, link) => Added(tx.View, one, link)),
            _ => throw new ProblemException(new Problem("MissingRequired", "serviceLink")),
        };
        if (next != service) tx.Put(next);
        return AnyService.Find(tx.View, service.Id)!;
    }

    private static Service Added(Snapshot view, Service service, ServiceLink link)
    {
        var target = Target(view, service, link);
        var alias = (string.IsNullOrEmpty(link.Name) ? target.Wanted.Name! : link.Name).ToLowerInvariant();
        if (ServiceNames.CheckAlias(alias) is { } problem) throw new ProblemException(problem);
        if (service.Links.TryGetValue(alias, out var other) && other != target.Id) throw new ProblemException(new Problem("NotUnique", "serviceId", "serviceId and link name combination should be unique"));
        return service with { Links = service.Links.With(alias, target.Id), OpenLinks = service.OpenLinks.IsDefault ? default : service.OpenLinks.Without(alias) };
    }

    private static Service Removed(Snapshot view, Service service, ServiceLink link)
    {
        var target = Target(view, service, link).Id;
        var gone = service.Links.Items
            .Where(l => l.Value == target && (string.IsNullOrEmpty(link.Name) || l.Key.Equals(link.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(l => l.Key)
            .ToList();
        return gone.Count == 0 ? service : service with { Links = gone.Aggregate(service.Links, (links, alias) => links.Without(alias)) };
    }

    private static Entry Target(Snapshot view, Service service, ServiceLink link)
        => link.ServiceId is not { } id ? throw new ProblemException(new Problem("MissingRequired", "serviceId"))
            : view.Find("service", id) is { IsRemoved: false, Wanted.RemoveRequested: false } target && target.Wanted.AccountId == service.AccountId ? target
            : throw new ProblemException(new Problem("InvalidReference", "serviceId"));
}
