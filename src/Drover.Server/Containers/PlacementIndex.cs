using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Scheduling;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>The scheduler's working view: hosts with their load and the containers without a host, by environment. Fed by changes, so that a placement never scans.</summary>
public sealed class PlacementIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Area> _areas = [];

    /// <summary>What one environment looks like to the scheduler.</summary>
    /// <param name="View">Its hosts.</param>
    /// <param name="Unplaced">Numbers of containers that wait for a host, in order.</param>
    /// <param name="Rejected">Numbers of containers that their host could not run even once and that had nowhere else to go.</param>
    public sealed record Area(ClusterView View, ImmutableSortedSet<long> Unplaced, ImmutableSortedSet<long> Rejected)
    {
        public static Area Empty { get; } = new(ClusterView.Empty, [], []);
    }

    /// <summary>Follows a store from now on.</summary>
    public IDisposable Follow(ResourceStore store)
    {
        lock (_lock)
        {
            var (snapshot, subscription) = store.Watch(commit => Apply(commit.Changes));
            foreach (var host in snapshot.All<Host>()) Apply(new Change(null, host));
            foreach (var container in snapshot.All<Container>()) Apply(new Change(null, container));
            return subscription;
        }
    }

    public Area Of(long environmentId)
    {
        lock (_lock) return _areas.GetValueOrDefault(environmentId, Area.Empty);
    }

    private void Apply(IEnumerable<Change> changes)
    {
        lock (_lock)
            foreach (var change in changes)
                Apply(change);
    }

    private void Apply(Change change)
    {
        switch (change.Entry.Wanted)
        {
            case Container container when container.AccountId is { } environment:
                _areas[environment] = Moved(_areas.GetValueOrDefault(environment, Area.Empty), change);
                break;
            case Host host when host.AccountId is { } environment:
                _areas[environment] = Hosted(_areas.GetValueOrDefault(environment, Area.Empty), change);
                break;
        }
    }

    private static Area Moved(Area area, Change change)
    {
        var (unplaced, rejected) = (Sorted(area.Unplaced, change, ContainerUses.IsUnplaced), Sorted(area.Rejected, change, ContainerUses.IsRejected));
        if (!ReferenceEquals(unplaced, area.Unplaced) || !ReferenceEquals(rejected, area.Rejected)) area = area with { Unplaced = unplaced, Rejected = rejected };
        if (change.Before?.WantedRevision == change.After?.WantedRevision) return area;
        var view = area.View;
        if (change.Before?.Wanted is Container { HostId: { } left } && view.Hosts.TryGetValue(left, out var old)) view = view.With(old.Without(change.Entry.Id));
        if (change.After?.Wanted is Container { HostId: { } at, SetAside: false } container) view = view.With(LoadOf(view, at).With(ContainerUses.Of(container)));
        return area with { View = view };
    }

    private static ImmutableSortedSet<long> Sorted(ImmutableSortedSet<long> set, Change change, Func<Entry, bool> belongs)
        => change.After is { } now && belongs(now) ? set.Add(change.Entry.Id) : set.Remove(change.Entry.Id);

    private static Area Hosted(Area area, Change change)
    {
        var load = LoadOf(area.View, change.Entry.Id);
        if (change.After is { IsRemoved: false, Wanted: Host host } entry)
            return area with { View = area.View.With(Described(load, host, entry)) };
        return area with { View = load.Containers.Count == 0 ? area.View.Without(load.Id) : area.View.With(load with { Closed = "was removed" }) };
    }

    private static HostLoad Described(HostLoad load, Host host, Entry entry) => load with
    {
        Name = host.Name ?? (entry.Seen as HostSeen)?.Hostname ?? load.Name,
        Closed = HostOpening.WhyClosed(entry),
        Labels = host.Labels,
        Memory = host.Memory,
        MilliCpu = host.MilliCpu,
    };

    // A container may be heard of before its host; it is counted all the same.
    private static HostLoad LoadOf(ClusterView view, long hostId)
        => view.Hosts.TryGetValue(hostId, out var load) ? load : new HostLoad(hostId, ResourceId.Format(Catalog.All.Of<Host>(), hostId)) { Closed = "is not known yet" };
}
