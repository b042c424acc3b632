using System.Threading.Channels;

namespace Drover.Server.Streams.Stats;

/// <summary>One who watches figures. Of each source the newest waits and no other: who is slow misses seconds, and nothing piles up.</summary>
public sealed class StatsWatch(StatsHub hub) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<StatsSource, byte[]> _waiting = [];
    private HashSet<StatsSource> _sources = [];

    /// <summary>Watches these from now on, and no others.</summary>
    public void Set(IEnumerable<StatsSource> sources)
    {
        var next = sources.ToHashSet();
        foreach (var old in _sources.Except(next)) hub.Leave(this, old);
        foreach (var fresh in next.Except(_sources)) hub.Join(this, fresh);
        _sources = next;
    }

    /// <summary>Waits for figures and returns a frame for each host that told some.</summary>
    public async Task<IReadOnlyList<byte[]>> TakeAsync(CancellationToken cancel)
    {
        await _news.Reader.ReadAsync(cancel).ConfigureAwait(false);
        Dictionary<StatsSource, byte[]> taken;
        lock (_lock) (taken, _waiting) = (_waiting, []);
        return [.. taken.GroupBy(one => one.Key.HostId, one => one.Value).Select(host => StatsWriter.Frame([.. host]))];
    }

    public void Dispose() => Set([]);

    internal void Offer(StatsSource source, byte[] element)
    {
        lock (_lock) _waiting[source] = element;
    }

    /// <summary>What was offered together goes out together.</summary>
    internal void Wake() => _news.Writer.TryWrite(true);
}
