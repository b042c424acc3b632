using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Streams;

namespace Drover.Server.Pulls;

/// <summary>The pulls that hosts do for pull tasks, each on a stream of its own. Held in memory: what a restart breaks off is asked for again.</summary>
public sealed class PullCalls(AgentSessions sessions, StreamBroker broker, TimeProvider time) : IDisposable
{
    /// <summary>A host that cannot be reached, or that broke off, is asked again after this.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    /// <summary>So many hosts pull at a time, far fewer than there may be streams: the others wait their turn, and nobody's lines wait for them.</summary>
    public const int MostAtOnce = 500;

    private readonly SemaphoreSlim _turns = new(MostAtOnce);
    private readonly ConcurrentDictionary<(long TaskId, long HostId), Call> _calls = [];

    /// <summary>Called with a task's number when a host has ended its pull. Handlers must be quick.</summary>
    public event Action<long>? Ended;

    /// <summary>How a host's pull ended: <see cref="PullOnHost.Done"/> or why it failed; null before.</summary>
    public string? Word(long taskId, long hostId) => _calls.TryGetValue((taskId, hostId), out var call) ? call.Word : null;

    /// <summary>Makes these hosts, and no others, pull for the task. Called for one task at a time.</summary>
    public void Keep(long taskId, IReadOnlyCollection<long> hosts, PullOrder order)
    {
        Forget(taskId, except: hosts);
        foreach (var hostId in hosts)
        {
            var call = new Call();
            if (_calls.TryAdd((taskId, hostId), call)) _ = Task.Run(() => RunAsync(call, taskId, hostId, order));
        }
    }

    /// <summary>Ends what hosts do for the task, but for some.</summary>
    public void Forget(long taskId, params IReadOnlyCollection<long> except)
    {
        foreach (var key in _calls.Keys.Where(key => key.TaskId == taskId && !except.Contains(key.HostId)))
            if (_calls.TryRemove(key, out var call))
                call.Stop.Cancel();
    }

    public void Dispose()
    {
        foreach (var call in _calls.Values) call.Stop.Cancel();
    }

    private async Task RunAsync(Call call, long taskId, long hostId, PullOrder order)
    {
        while (!call.Stop.IsCancellationRequested)
        {
            if (await InTurnAsync(hostId, order, call.Stop.Token).ConfigureAwait(false) is { } word)
            {
                call.Word = word;
                Ended?.Invoke(taskId);
                return;
            }

            await Task.Delay(Again, time, call.Stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> InTurnAsync(long hostId, PullOrder order, CancellationToken cancel)
    {
        try
        {
            await _turns.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            return await TryAsync(hostId, order, cancel).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>How the pull ended; null where nobody knows.</summary>
    private async Task<string?> TryAsync(long hostId, PullOrder order, CancellationToken cancel)
    {
        if (sessions.Find(hostId) is { } session && !session.Streams.Contains(StreamPurpose.Pull)) return "The host's agent is too old to pull images: upgrade it";
        try
        {
            await using var stream = await broker.OpenAsync(hostId, null, id => new OpenStream(id, Pull: order), cancel).ConfigureAwait(false);
            var buffer = new byte[4096];
            while (await stream.ReceiveAsync(buffer, cancel).ConfigureAwait(false) is { } frame)
                if (frame.Note is StreamEnded ended)
                    return ended.ExitCode == 0 ? PullOnHost.Done : ended.Reason; // an agent that stops gives neither
            return null;
        }
        catch (Exception away) when (away is ProblemException or WebSocketException or JsonException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    private sealed class Call
    {
        private volatile string? _word;

        public CancellationTokenSource Stop { get; } = new();

        public string? Word
        {
            get => _word;
            set => _word = value;
        }
    }
}
