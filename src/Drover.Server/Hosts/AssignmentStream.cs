using System.Threading.Channels;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Protocol;
using Drover.Server.Agents;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>What one session of a host was told, and what it must be told next: complete first, then what changed, merged over a moment. Its cost follows the change.</summary>
public sealed class AssignmentStream : IDisposable
{
    /// <summary>How long changes are gathered before they are sent together.</summary>
    public static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(30);

    /// <summary>The longest that names wait for others, where nothing else is told with them.</summary>
    public static readonly TimeSpan LongestMerge = TimeSpan.FromSeconds(1);

    /// <summary>The part of a processor that telling names alone to all hosts of an environment may take.</summary>
    private const double Share = 0.5;

    private readonly Lock _lock = new();
    private readonly ResourceStore _store;
    private readonly TimeProvider _time;
    private readonly IHostFeed _feed;
    private readonly ServiceAccountVariables _variables;
    private readonly ITimer _reminder;
    private readonly Channel<bool> _dirty = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<long, ContainerAssignment> _told = [];
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<long, VolumeAssignment> _toldVolumes = [];
    private HashSet<long> _containers = [];
    private HashSet<long> _volumes = [];
    private HashSet<long> _again = [];
    private bool _complete = true;
    private bool _credentials;
    private bool _news;
    private long _sequence;
    private long? _newsSent;
    private DateTimeOffset _newsDue;

    /// <param name="store">The state.</param>
    /// <param name="hostId">The host.</param>
    /// <param name="environmentId">Its environment.</param>
    /// <param name="projection">What else the host is told.</param>
    /// <param name="variables">What containers that call the API find in their environment.</param>
    /// <param name="time">Times the gathering.</param>
    public AssignmentStream(ResourceStore store, long hostId, long environmentId, IHostProjection projection, ServiceAccountVariables variables, TimeProvider time)
    {
        _store = store;
        _variables = variables;
        _time = time;
        HostId = hostId;
        EnvironmentId = environmentId;
        _feed = projection.Open(hostId, MarkNews);
        _reminder = time.CreateTimer(_ => _dirty.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long HostId { get; }

    public long EnvironmentId { get; }

    public void MarkContainer(long id) => Mark(() => _containers.Add(id));

    /// <summary>The host is told of a container although nothing changed, and so tries at once what waits for its next try.</summary>
    public void MarkAgain(long id) => Mark(() =>
    {
        _containers.Add(id);
        _again.Add(id);
    });

    public void MarkVolume(long id) => Mark(() => _volumes.Add(id));

    /// <summary>Credentials changed: what is not running yet may need them.</summary>
    public void MarkCredentials() => Mark(() => _credentials = true);

    /// <summary>The host missed something: everything is told again.</summary>
    public void MarkComplete() => Mark(() => _complete = true);

    /// <summary>The number of a container that the host was told of; null for others.</summary>
    public long? IdOf(string uuid)
    {
        lock (_lock) return _ids.TryGetValue(uuid, out var id) ? id : null;
    }

    /// <summary>Waits until there is something to tell and returns it. Called again once that is sent.</summary>
    public async Task<Assignments> NextAsync(CancellationToken cancel)
    {
        if (_newsSent is { } since) _newsDue = _time.GetUtcNow() + MergeFor(_time.GetElapsedTime(since), _feed.Listeners);
        _newsSent = null;
        if (_sequence == 0) return Build(_store.Current)!;
        while (true)
        {
            await _dirty.Reader.ReadAsync(cancel).ConfigureAwait(false);
            await Task.Delay(Merge, _time, cancel).ConfigureAwait(false);
            if (Build(_store.Current) is { } message) return message;
        }
    }

    public void Dispose()
    {
        _reminder.Dispose();
        _feed.Dispose();
    }

    /// <summary>How long names are gathered, where sending some took a time and so many hosts are sent the same.</summary>
    public static TimeSpan MergeFor(TimeSpan sending, int listeners)
        => TimeSpan.FromTicks((long)Math.Min(sending.Ticks / Share * listeners, LongestMerge.Ticks));

    private void MarkNews() => Mark(() => _news = true);

    private void Mark(Action mark)
    {
        lock (_lock) mark();
        _dirty.Writer.TryWrite(true);
    }

    private Assignments? Build(Snapshot view)
    {
        HashSet<long> containers;
        HashSet<long> volumes;
        HashSet<long> again;
        bool complete, news;
        lock (_lock)
        {
            (containers, _containers) = (_containers, []);
            (volumes, _volumes) = (_volumes, []);
            (again, _again) = (_again, []);
            if (_credentials) containers.UnionWith(view.By<Container>("hostId", HostId).Where(c => c.Transitioning != "no").Select(c => c.Id));
            (complete, news) = (_complete, _news);
            _complete = _news = _credentials = false;
        }

        if (complete) return Complete(view);
        var (changed, removed) = Containers(view, containers, again);
        var (made, unmade) = Volumes(view, volumes);
        var isAlone = changed.Count + removed.Count + made.Count + unmade.Count == 0;
        if (news && isAlone && IsEarly()) return null;
        var more = news ? Take(complete: false) : HostNews.None;
        if (isAlone && more is { Network: null, Environment: null }) return null;
        return new Assignments(++_sequence, false, Some(changed), Some(removed), Some(made), Some(unmade), more.Network, more.Environment);
    }

    /// <summary>True where names were told not long ago: they wait for others then.</summary>
    private bool IsEarly()
    {
        if (_newsDue - _time.GetUtcNow() is not { Ticks: > 0 } left) return false;
        lock (_lock) _news = true;
        _reminder.Change(left, Timeout.InfiniteTimeSpan);
        return true;
    }

    private HostNews Take(bool complete)
    {
        _newsSent = _time.GetTimestamp();
        return _feed.Take(complete);
    }

    private Assignments Complete(Snapshot view)
    {
        lock (_lock)
        {
            _told.Clear();
            _ids.Clear();
        }

        _toldVolumes.Clear();
        var (containers, _) = Containers(view, view.By<Container>("hostId", HostId).Select(c => c.Id), []);
        var (volumes, _) = Volumes(view, view.By<Volume>("hostId", HostId).Select(v => v.Id));
        var news = Take(complete: true);
        return new Assignments(++_sequence, true, [.. containers], default, [.. volumes], default, news.Network, news.Environment);
    }

    private (List<ContainerAssignment> Changed, List<string> Removed) Containers(Snapshot view, IEnumerable<long> ids, HashSet<long> again)
    {
        var changed = new List<ContainerAssignment>();
        var removed = new List<string>();
        foreach (var id in ids)
        {
            var before = _told.GetValueOrDefault(id);
            if (view.Find<Container>(id) is { IsRemoved: false, Wanted: Container { HostId: { } at } } entry && at == HostId)
            {
                var now = AssignmentProjection.Of(view, entry, _variables);
                if (now == before && !again.Contains(id)) continue;
                _told[id] = now;
                lock (_lock) _ids[now.Uuid] = id;
                changed.Add(now);
            }
            else if (before is not null)
            {
                _told.Remove(id);
                lock (_lock) _ids.Remove(before.Uuid);
                removed.Add(before.Uuid);
            }
        }

        return (changed, removed);
    }

    private (List<VolumeAssignment> Changed, List<string> Removed) Volumes(Snapshot view, IEnumerable<long> ids)
    {
        var changed = new List<VolumeAssignment>();
        var removed = new List<string>();
        foreach (var id in ids)
        {
            var before = _toldVolumes.GetValueOrDefault(id);
            if (view.Get<Volume>(id) is { RemoveRequested: false, Name: not null, HostId: { } at } volume && at == HostId)
            {
                var now = AssignmentProjection.Of(volume);
                if (now == before) continue;
                _toldVolumes[id] = now;
                changed.Add(now);
            }
            else if (before is not null)
            {
                _toldVolumes.Remove(id);
                removed.Add(before.Name);
            }
        }

        return (changed, removed);
    }

    private static EquatableArray<T> Some<T>(List<T> items) => items.Count == 0 ? default : new([.. items]);
}
