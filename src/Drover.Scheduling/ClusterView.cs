using System.Collections.Immutable;

namespace Drover.Scheduling;

/// <summary>The hosts of one environment with what runs on them: the working view that lives on between placements.</summary>
public sealed record ClusterView(ImmutableSortedDictionary<long, HostLoad> Hosts)
{
    public static ClusterView Empty { get; } = new(ImmutableSortedDictionary<long, HostLoad>.Empty);

    public ClusterView With(HostLoad host) => new(Hosts.SetItem(host.Id, host));

    public ClusterView Without(long hostId) => new(Hosts.Remove(hostId));
}
