namespace Drover.Server.Streams.Stats;

/// <summary>Has one stream of figures from each host that somebody watches, however many do.</summary>
public sealed class StatsHub(StreamBroker broker, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, HostFeed> _feeds = [];

    /// <summary>Hosts that figures come from now.</summary>
    public int Feeds
    {
        get { lock (_lock) return _feeds.Count; }
    }

    internal void Join(StatsWatch watch, StatsSource source)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(source.HostId, out var feed)) _feeds[source.HostId] = feed = HostFeed.Start(source.HostId, broker, time);
            feed.Join(watch, source);
        }
    }

    internal void Leave(StatsWatch watch, StatsSource source)
    {
        lock (_lock)
        {
            if (!_feeds.TryGetValue(source.HostId, out var feed) || !feed.Leave(watch, source)) return;
            _feeds.Remove(source.HostId);
            feed.Dispose();
        }
    }
}
