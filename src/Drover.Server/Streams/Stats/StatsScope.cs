using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Streams.Stats;

/// <summary>Something whose figures are told.</summary>
/// <param name="HostId">The host that tells them.</param>
/// <param name="Container">The engine's id; "" for the host itself.</param>
/// <param name="WireId">As the frames name it.</param>
public readonly record struct StatsSource(long HostId, string Container, string WireId);

/// <summary>What a token's figures are of, at this moment: containers of a service come and go.</summary>
public static class StatsScope
{
    /// <param name="view">The state.</param>
    /// <param name="purpose">Figures of hosts, of containers, or of the object itself.</param>
    /// <param name="entry">The object.</param>
    public static IEnumerable<StatsSource> Of(Snapshot view, string purpose, Entry entry) => (purpose, entry.Wanted) switch
    {
        (StreamPaths.HostStats or StreamPaths.Stats, Host) => [OfHost(entry)],
        (StreamPaths.HostStats, Project) => view.By<Host>("accountId", entry.Id).Where(host => host is { IsRemoved: false }).Select(OfHost),
        (StreamPaths.ContainerStats, Host) => Containers(view.By<Container>("hostId", entry.Id)),
        (_, Container) => Containers([entry]),
        (StreamPaths.ContainerStats, Model.Stacks.Stack) => Containers(view.By<Container>("stackId", entry.Id)),
        (StreamPaths.ContainerStats, _) when entry.Kind.Family == "service" => Containers(view.By<Container>("serviceId", entry.Id)),
        _ => [],
    };

    private static StatsSource OfHost(Entry host) => new(host.Id, "", ResourceId.Format(host.Kind, host.Id));

    private static IEnumerable<StatsSource> Containers(IEnumerable<Entry> containers)
        => from entry in containers
           where entry is { IsRemoved: false, Wanted: Container { HostId: not null }, Seen: ContainerSeen { ExternalId: not null } }
           select new StatsSource(((Container)entry.Wanted).HostId!.Value, ((ContainerSeen)entry.Seen).ExternalId!, ResourceId.Format(entry.Kind, entry.Id));
}
