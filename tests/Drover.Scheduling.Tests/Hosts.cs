using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Scheduling.Tests;

/// <summary>Short forms for views and requests.</summary>
internal static class Hosts
{
    public static ClusterView View(params HostLoad[] hosts) => hosts.Aggregate(ClusterView.Empty, (view, host) => view.With(host));

    public static HostLoad Host(long id, params ContainerUse[] containers)
        => containers.Aggregate(new HostLoad(id, $"host{id}") { Labels = EquatableMap.Of<string>() }, (host, use) => host.With(use));

    public static ContainerUse Use(long id, params string[] ports)
        => new(id, $"c{id}") { Ports = [.. ports.Select(Port)], Labels = EquatableMap.Of<string>() };

    public static PlacementRequest Request(long key, params ImmutableArray<ContainerUse> members) => new(key, members);

    /// <summary>"80" or "10.0.0.1:80".</summary>
    public static PortClaim Port(string text)
    {
        var parts = text.Split(':');
        return new PortClaim(parts.Length == 2 ? parts[0] : PortClaim.AnyAddress, int.Parse(parts[^1], null), "tcp");
    }

    public static long? HostOf(this PlacementResult result, long key)
        => result.Placed.Where(p => p.Key == key).Select(p => (long?)p.HostId).FirstOrDefault();

    public static string? WhyNot(this PlacementResult result, long key)
        => result.Waiting.Where(w => w.Key == key).Select(w => w.Reason).FirstOrDefault();
}
