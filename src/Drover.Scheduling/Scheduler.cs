using System.Collections.Immutable;
using Drover.Scheduling.Filters;

namespace Drover.Scheduling;

/// <summary>Finds hosts for containers. Reads no clock, no store, no network: the same arguments give the same answer.</summary>
public static class Scheduler
{
    private static readonly ImmutableArray<IPlacementFilter> Filters =
    [
        new OpenFilter(),
        new RequestedHostFilter(),
        new BoundHostFilter(),
        new RejectedFilter(),
        new RequireAnyFilter(),
        new AffinityFilter(),
        new RoomFilter(),
        new PortFilter(),
    ];

    /// <summary>Places the requests one after the other, each seeing those before it: on the host with the fewest containers, ties by lot.</summary>
    /// <param name="view">The hosts of the environment.</param>
    /// <param name="requests">What looks for a host.</param>
    /// <param name="seed">Draws the lots.</param>
    public static PlacementResult Place(ClusterView view, IEnumerable<PlacementRequest> requests, int seed)
    {
        var random = new Random(seed);
        var placed = ImmutableArray.CreateBuilder<Placement>();
        var waiting = ImmutableArray.CreateBuilder<Unplaced>();
        foreach (var request in requests)
        {
            if (Best(view, request, random) is { } host)
            {
                placed.Add(new Placement(request.Key, host.Id));
                view = view.With(request.Members.Aggregate(host, (load, member) => load.With(member)));
            }
            else
            {
                waiting.Add(new Unplaced(request.Key, Explain(view, request)));
            }
        }

        return new PlacementResult(placed.ToImmutable(), waiting.ToImmutable(), view);
    }

    /// <summary>Why a host may not take a request, without the host's name; null where it may. Soft rules stop nobody.</summary>
    public static string? Objection(HostLoad host, PlacementRequest request)
    {
        var hard = request with { Rules = [.. request.Rules.Where(rule => !rule.Soft)] };
        return Filters.FirstOrDefault(filter => filter.Applies(hard) && !filter.Check(host, hard))?.Explain(host, hard);
    }

    private static HostLoad? Best(ClusterView view, PlacementRequest request, Random random)
    {
        if (request.Members.SelectMany(m => m.Ports).Count() > 1 && ClashesInside(request)) return null;
        while (true)
        {
            var best = Emptiest(view, request, random);
            if (best is not null) return best;
            var soft = request.Rules.LastOrDefault(rule => rule.Soft);
            if (soft is null) return null;
            request = request with { Rules = request.Rules.Remove(soft) };
        }
    }

    private static HostLoad? Emptiest(ClusterView view, PlacementRequest request, Random random)
    {
        IPlacementFilter[] filters = [.. Filters.Where(filter => filter.Applies(request))];
        HostLoad? best = null;
        var ties = 0;
        foreach (var host in Candidates(view, request))
        {
            if (!Array.TrueForAll(filters, filter => filter.Check(host, request))) continue;
            var order = best is null ? -1 : host.Containers.Count.CompareTo(best.Containers.Count);
            ties = order < 0 ? 1 : order == 0 ? ties + 1 : ties;
            if (order < 0 || (order == 0 && random.Next(ties) == 0)) best = host;
        }

        return best;
    }

    private static IEnumerable<HostLoad> Candidates(ClusterView view, PlacementRequest request)
        => (request.BoundHostId ?? request.RequestedHostId) is not { } only ? view.Hosts.Values
            : view.Hosts.TryGetValue(only, out var host) ? [host] : [];

    private static bool ClashesInside(PlacementRequest request)
    {
        PortClaim[] ports = [.. request.Members.SelectMany(m => m.Ports)];
        for (var i = 0; i < ports.Length; i++)
            for (var j = i + 1; j < ports.Length; j++)
                if (ports[i].ConflictsWith(ports[j]))
                    return true;
        return false;
    }

    private static string Explain(ClusterView view, PlacementRequest request)
    {
        if (ClashesInside(request)) return "two of its own ports conflict with each other";
        if (view.Hosts.Count == 0) return "the environment has no host";
        if (request.BoundHostId is { } bound && !view.Hosts.ContainsKey(bound)) return $"its host is gone: {request.BoundBy}";
        if (request.RequestedHostId is { } asked && !view.Hosts.ContainsKey(asked)) return "the host asked for does not exist";
        var reasons = Candidates(view, request)
            .Select(host => (host.Name, Reason: Objection(host, request) ?? "is taken"))
            .GroupBy(x => x.Reason, x => x.Name, StringComparer.Ordinal)
            .Select(group => (Reason: group.Key, Names: group.ToList()))
            .OrderByDescending(group => group.Names.Count)
            .Select(group => group.Names.Count == 1 ? $"{group.Names[0]} {group.Reason}" : $"{group.Names.Count} hosts ({group.Names[0]}, …): each {group.Reason}");
        return string.Join("; ", reasons);
    }
}
