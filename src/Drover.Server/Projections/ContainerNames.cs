using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Server.Projections;

/// <summary>The name servers and search domains of a container (DNS-01, DNS-11, DNS-12).</summary>
/// <param name="Servers">Ours first where it uses them, then the user's own, which we ask for it.</param>
/// <param name="Search">Ours and the user's own, in the order that the container's label asks for.</param>
public sealed record ContainerNames(EquatableArray<string> Servers, EquatableArray<string> Search)
{
    private const string Domain = "rancher.internal";
    private const string Server = "169.254.169.250";
    private const string UsesLabel = "io.rancher.container.dns";
    private const string PriorityLabel = "io.rancher.container.dns.priority";

    public static ContainerNames Of(Snapshot view, Container container)
    {
        var (own, search) = (container.Spec.Dns.Items, container.Spec.DnsSearch.Items);
        if (!Uses(container)) return new ContainerNames(new(own), new(search));
        var ours = SearchDomains(view.Get<Stack>(container.StackId)?.Name, view.Get<Service>(container.ServiceId)?.Name);
        return new ContainerNames([Server, .. own.Where(s => s != Server)], container.Labels.Find(PriorityLabel) switch
        {
            "None" => new(search),
            "service_last" => [.. search, .. ours.Items.Except(search)],
            _ => [.. ours, .. search.Except(ours.Items)],
        });
    }

    /// <summary>True where a container asks us for names: on the managed network unless its label says no, elsewhere where it says yes.</summary>
    public static bool Uses(Container container) => container.Labels.Find(UsesLabel) switch
    {
        "true" => container is { ImportedId: null, Spec.NetworkContainerId: null },
        "false" => false,
        _ => Networks.AddressClaim.IsManaged(container),
    };

    private static EquatableArray<string> SearchDomains(string? stack, string? service)
        => stack is null ? [Domain]
            : service is null ? [Lower($"{stack}.{Domain}"), Domain]
            : [Lower($"{stack}.{Domain}"), Lower($"{service}.{stack}.{Domain}"), Domain];

    private static string Lower(string text) => text.ToLowerInvariant();
}
