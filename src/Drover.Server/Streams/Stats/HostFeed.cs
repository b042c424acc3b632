using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Server.Streams.Stats;

/// <summary>The figures of one host for all who watch something on it: one stream, opened again while anybody watches.</summary>
internal sealed class HostFeed : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly long _hostId;
    private readonly StreamBroker _broker;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ImmutableDictionary<string, ImmutableList<(StatsWatch Watch, StatsSource Source)>> _watched = ImmutableDictionary.Create<string, ImmutableList<(StatsWatch, StatsSource)>>(StringComparer.Ordinal);

    private readonly CancellationToken _stopped;

    private HostFeed(long hostId, StreamBroker broker, TimeProvider time) => (_hostId, _broker, _time, _stopped) = (hostId, broker, time, _stop.Token);

    public static HostFeed Start(long hostId, StreamBroker broker, TimeProvider time)
    {
        var feed = new HostFeed(hostId, broker, time);
        _ = Task.Run(feed.RunAsync);
        return feed;
    }

    /// <summary>Called by the hub alone, one call at a time.</summary>
    public void Join(StatsWatch watch, StatsSource source)
    {
        var watches = _watched.GetValueOrDefault(source.Container, []);
        Volatile.Write(ref _watched, _watched.SetItem(source.Container, watches.Add((watch, source))));
        if (watches.IsEmpty) _changed.Writer.TryWrite(true);
    }

    /// <summary>Called by the hub alone; true where nobody watches any more.</summary>
    public bool Leave(StatsWatch watch, StatsSource source)
    {
        var watches = _watched.GetValueOrDefault(source.Container, []).Remove((watch, source));
        Volatile.Write(ref _watched, watches.IsEmpty ? _watched.Remove(source.Container) : _watched.SetItem(source.Container, watches));
        if (watches.IsEmpty) _changed.Writer.TryWrite(true);
        return _watched.IsEmpty;
    }

    /// <summary>Ends the stream; its task goes on until it has noticed.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                await using var stream = await _broker.OpenAsync(_hostId, user: null, id => new OpenStream(id, Stats: true), _stopped).ConfigureAwait(false);
                await PassOnAsync(stream).ConfigureAwait(false);
            }
            catch (Exception away) when (away is ProblemException or WebSocketException or JsonException or OperationCanceledException or ObjectDisposedException)
            {
                // the host is away, or nobody watches any more
            }

            await Task.Delay(Again, _time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassOnAsync(AgentStream stream)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stopped);
        var telling = TellAsync(stream, over.Token);
        try
        {
            var scrap = new byte[16 * 1024];
            while (await stream.ReceiveAsync(scrap, _stopped).ConfigureAwait(false) is { Note: not StreamEnded } frame)
                if (frame.Note is StatsTaken taken)
                    Deliver(taken);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Says what is watched, and again when that has changed.</summary>
    private async Task TellAsync(AgentStream stream, CancellationToken cancel)
    {
        while (true)
        {
            var watched = Volatile.Read(ref _watched).Keys.ToList();
            await stream.TellAsync(new WatchStats(watched.Where(id => id.Length > 0).Order(StringComparer.Ordinal).ToEquatableArray(), watched.Contains("")), cancel).ConfigureAwait(false);
            await _changed.Reader.ReadAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Each sample is written once, whoever gets it.</summary>
    private void Deliver(StatsTaken taken)
    {
        var watched = Volatile.Read(ref _watched);
        var woken = new HashSet<StatsWatch>();
        foreach (var sample in taken.Samples)
        {
            if (!watched.TryGetValue(sample.Container ?? "", out var watches)) continue;
            var element = StatsWriter.Element(watches[0].Source.WireId, sample);
            foreach (var (watch, source) in watches)
            {
                watch.Offer(source, element);
                woken.Add(watch);
            }
        }

        foreach (var watch in woken) watch.Wake();
    }
}
