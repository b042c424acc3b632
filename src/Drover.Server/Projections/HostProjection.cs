using System.Collections.Immutable;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Networks;
using Drover.Store;

namespace Drover.Server.Projections;

/// <summary>Tells hosts names, addresses and the managed network: one look at every commit for each environment, whatever the number of its hosts.</summary>
public sealed class HostProjection : IHostProjection, IDisposable
{
    private readonly ResourceStore _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Area> _areas = [];
    private readonly IDisposable _subscription;

    /// <summary>Follows a store from now on.</summary>
    public HostProjection(ResourceStore store)
    {
        _store = store;
        _subscription = store.Watch(Note).Subscription;
    }

    public void Dispose() => _subscription.Dispose();

    public IHostFeed Open(long hostId, Action changed)
    {
        var environmentId = _store.Current.Find<Host>(hostId)?.Wanted.AccountId ?? 0;
        var feed = new Feed(this, hostId, environmentId, changed);
        lock (_lock)
        {
            if (!_areas.TryGetValue(environmentId, out var area))
            {
                _areas[environmentId] = area = new Area(new EnvironmentFollower(environmentId), []);
                area.Follower.Begin(_store.Current);
            }

            _areas[environmentId] = area with { Feeds = area.Feeds.Add(feed) };
        }

        return feed;
    }

    private void Note(Commit commit)
    {
        var listeners = new HashSet<Feed>();
        lock (_lock)
        {
            if (_areas.Count == 0) return;
            foreach (var change in commit.Changes)
            {
                if (Touched.By(change) is not var (environment, touched) || !_areas.TryGetValue(environment, out var area)) continue;
                area.Follower.Mark(touched);
                listeners.UnionWith(area.Feeds);
            }
        }

        foreach (var feed in listeners) feed.Changed();
    }

    private void Close(Feed feed)
    {
        lock (_lock)
        {
            if (!_areas.TryGetValue(feed.EnvironmentId, out var area)) return;
            var left = area.Feeds.Remove(feed);
            if (left.IsEmpty) _areas.Remove(feed.EnvironmentId);
            else _areas[feed.EnvironmentId] = area with { Feeds = left };
        }
    }

    private HostNews Take(Feed feed, bool complete)
    {
        lock (_lock)
        {
            if (!_areas.TryGetValue(feed.EnvironmentId, out var area)) return HostNews.None;
            var snapshot = _store.Current;
            var changed = area.Follower.Refresh(snapshot);
            if (changed.Count > 0)
                foreach (var listener in area.Feeds) listener.Dirty.UnionWith(changed);
            var network = snapshot.Get<Host>(feed.HostId) is { } host ? ManagedSubnet.Of(snapshot, feed.EnvironmentId)?.For(host) : null;
            var news = new HostNews(
                complete || network != feed.Network ? network : null,
                complete ? EnvironmentDelta.Of(area.Follower.View) : feed.Dirty.Count > 0 ? Delta(area.Follower.View, feed.Dirty) : null);
            feed.Network = network;
            feed.Listeners = area.Feeds.Count;
            feed.Dirty.Clear();
            return news;
        }
    }

    private static EnvironmentDelta Delta(EnvironmentView view, HashSet<(Subject Subject, string Uuid)> dirty)
    {
        var removed = ImmutableArray.CreateBuilder<string>();
        var isRenamed = dirty.Contains((Subject.Environment, ""));
        return new EnvironmentDelta(
            Complete: false,
            isRenamed ? view.Name : null,
            isRenamed ? view.Uuid : null,
            Some(view.Stacks, Subject.Stack),
            Some(view.Services, Subject.Service),
            Some(view.Containers, Subject.Container),
            Some(view.Hosts, Subject.Host),
            Networks: Some(view.Networks, Subject.Network),
            Removed: Gone());

        EquatableMap<T> Some<T>(EquatableMap<T> all, Subject subject)
            where T : class
        {
            var found = new Dictionary<string, T>(StringComparer.Ordinal);
            foreach (var (of, uuid) in dirty)
            {
                if (of != subject) continue;
                if (all.Find(uuid) is { } now) found.Add(uuid, now);
                else removed.Add(uuid);
            }

            return found.Count == 0 ? default : new(found);
        }

        // Arguments are evaluated in their order: everything that is gone was met by then.
        EquatableArray<string> Gone() => removed.Count == 0 ? default : new([.. removed.Order(StringComparer.Ordinal)]);
    }

    private sealed record Area(EnvironmentFollower Follower, ImmutableList<Feed> Feeds);

    private sealed class Feed(HostProjection owner, long hostId, long environmentId, Action changed) : IHostFeed
    {
        public long HostId { get; } = hostId;

        public long EnvironmentId { get; } = environmentId;

        public HashSet<(Subject Subject, string Uuid)> Dirty { get; } = [];

        public NetworkAssignment? Network { get; set; }

        public int Listeners { get; set; } = 1;

        public void Changed() => changed();

        public HostNews Take(bool complete) => owner.Take(this, complete);

        public void Dispose() => owner.Close(this);
    }
}
