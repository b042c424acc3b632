using System.Threading.Channels;
using Drover.Agent.Assigned;
using Drover.Agent.Engine;
using Drover.Agent.Instances;
using Drover.Agent.Sessions;
using Drover.Agent.State;
using Drover.Agent.Streams;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent;

/// <summary>
/// The agent of one host. One loop owns all state: what the server says, what the engine shows and how steps went come to it as
/// messages, and after each it decides what is next. It needs no server to go on.
/// </summary>
public sealed partial class HostAgent : IEngineListener, ISessionListener, IDisposable
{
    private readonly Channel<Action> _mailbox = Channel.CreateUnbounded<Action>();
    private readonly InstanceTable _table = new();
    private readonly InstanceDispatch _dispatch;
    private readonly InstanceRunner _runner;
    private readonly VolumeKeeper _volumes = new();
    private readonly List<StateEntry> _unsaved = [];
    private readonly AgentParts _parts;
    private readonly Func<HostDescription?, HostDescription> _describe;
    private readonly EngineWatch _engine;
    private readonly Session _session;
    private readonly StreamDesk _streams;
    private readonly ILogger _log;
    private readonly Alarm _wake;
    private readonly Alarm _flush;
    private AssignmentSet _assigned = AssignmentSet.Empty;
    private HostDescription _host;
    private HostDescription? _engineSaid;
    private DateTimeOffset? _heldUntil;
    private DateTimeOffset? _volumesDue;
    private bool _engineUp;
    private bool _sessionOpen;
    private bool _inventorySent;
    private bool _gapped;
    private CancellationToken _stop;

    /// <param name="parts">What it is put together from.</param>
    /// <param name="describe">Completes what the engine says of the host (null while it is down) by uuid, host name and labels.</param>
    public HostAgent(AgentParts parts, Func<HostDescription?, HostDescription> describe)
    {
        _parts = parts;
        _describe = describe;
        _host = describe(null);
        _log = parts.Loggers.CreateLogger<HostAgent>();
        _dispatch = new InstanceDispatch(_table);
        var pulls = new PullQueue(parts.Runtime);
        _runner = new InstanceRunner(parts.Runtime, pulls, parts.Hooks);
        _engine = new EngineWatch(parts.Runtime, this, parts.Time, parts.Timings.Relist, _log);
        _streams = new StreamDesk(parts.Streams, new OrderedPulls(parts.Runtime, pulls), parts.Transport as IStreamTransport, parts.Time, _log);
        _session = new Session(parts.Transport, this, parts.Version, parts.Time, parts.Jitter, _log);
        _wake = new Alarm(parts.Time, () => Post(() => _wake!.Clear()));
        _flush = new Alarm(parts.Time, () => Post(Flush));
    }

    /// <summary>Runs until cancelled; returns earlier, with the reason, where the server refuses this host and <see cref="AgentParts.EndsWhenRefused"/> is set. Containers are left as they are in any case.</summary>
    public async Task<string> RunAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _stop = stop.Token;
        TakeUp(_parts.State.Load());
        _heldUntil = _parts.Time.GetUtcNow() + _parts.Timings.FirstWord;
        var session = _session.RunAsync(_parts.EndsWhenRefused, stop.Token);
        Task[] others = [_engine.RunAsync(stop.Token), LoopAsync(stop.Token)];
        try
        {
            await Task.WhenAny([session, .. others]);
        }
        finally
        {
            stop.Cancel();
            await Task.WhenAll(others).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        foreach (var broken in others.Where(task => task.IsFaulted)) await broken;
        return await session;
    }

    /// <summary>After <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _wake.Dispose();
        _flush.Dispose();
    }

    long IEngineListener.Stamp => _table.Stamp;

    HostDescription ISessionListener.Host => _describe(Volatile.Read(ref _engineSaid)) with { EngineUp = Volatile.Read(ref _host).EngineUp };

    EquatableArray<string> ISessionListener.Streams => _streams.Purposes;

    long ISessionListener.Assigned => Volatile.Read(ref _assigned).Sequence;

    void IEngineListener.Listed(EngineView view, long stamp) => Post(() =>
    {
        _engineUp = true;
        Volatile.Write(ref _engineSaid, view.Host);
        SetHost(_describe(view.Host));
        _table.Listed(view.Containers, stamp);
        _volumes.Listed(view.Volumes);
        if (_sessionOpen && !_inventorySent) SendInventory();
    });

    void IEngineListener.Noticed(RuntimeEvent happened) => Post(() =>
    {
        if (_table.Noticed(happened, _parts.Time.GetUtcNow())) _engine.Ask(happened.EngineId);
    });

    void IEngineListener.Observed(string engineId, ContainerStatus? status, long stamp) => Post(() =>
    {
        if (!_table.Observed(engineId, status, stamp)) _engine.Ask(engineId);
    });

    void IEngineListener.Lost(string reason) => Post(LoseEngine);

    void ISessionListener.Opened(Welcome welcome) => Post(() =>
    {
        _sessionOpen = true;
        _inventorySent = false;
        _assigned = _assigned.ForNewSession();
        if (_engineUp) SendInventory();
    });

    void ISessionListener.Received(Assignments message) => Post(() => Take(message));

    // Streams are no business of the loop: they serve people who look, and change nothing that it owns.
    void ISessionListener.Received(OpenStream order) => _streams.Open(order, _stop);

    void ISessionListener.Received(CloseStream over) => _streams.Close(over.StreamId);

    void ISessionListener.Closed(string reason) => Post(() =>
    {
        _sessionOpen = false;
        _heldUntil = null; // no word is to be had: go by what is known
    });

    private void Post(Action act) => _mailbox.Writer.TryWrite(act);

    private async Task LoopAsync(CancellationToken cancel)
    {
        while (await _mailbox.Reader.WaitToReadAsync(cancel))
        {
            while (_mailbox.Reader.TryRead(out var act)) Try(act);
            Try(GoOn);
        }
    }

    /// <summary>One message that meets a defect must not keep the host from all others.</summary>
    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            LogUnexpected(_log, defect);
        }
    }

    private void TakeUp(SavedState saved)
    {
        _assigned = saved.Assigned.ForNewSession();
        foreach (var (uuid, memory) in saved.Memories) _table.Remember(uuid, memory);
        foreach (var (uuid, container) in saved.Assigned.Containers) _table.Assign(uuid, container);
        _table.Unsaved.Clear();
        TellEnvironment(null);
    }

    private void Take(Assignments message)
    {
        if (_parts.Environment.IsEmpty) message = message with { Environment = null }; // nobody here asks for names
        var change = _assigned.After(message);
        if (change.Gap)
        {
            LogGap(_log, _assigned.Sequence, message.Sequence);
            _session.Send(new NeedComplete(_assigned.Sequence));
            _gapped = true;
            return;
        }

        if (ReferenceEquals(change.Next, _assigned)) return;
        _assigned = change.Next;
        _unsaved.Add(new StateEntry.Told(message));
        foreach (var uuid in change.Touched) Assign(_assigned.Containers[uuid]);
        foreach (var uuid in change.Again) _table.TryNow(uuid);
        if (change.EnvironmentChanged) TellEnvironment(message.Environment);
        if (message.Complete && _gapped && _engineUp) SendInventory();
        if (message.Complete) (_gapped, _heldUntil) = (false, null);
    }

    private void TellEnvironment(EnvironmentDelta? since)
    {
        foreach (var listener in _parts.Environment) listener.Changed(_assigned.Environment, since, _assigned.Network);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The agent met something unexpected and goes on")]
    private static partial void LogUnexpected(ILogger log, Exception defect);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Assignment {Last} was followed by {Next}: asking for a complete one")]
    private static partial void LogGap(ILogger log, long last, long next);
}
