using System.Collections.Concurrent;
using System.Net.WebSockets;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Hosts;

namespace Drover.Server.Streams;

/// <summary>Brings together who wants a stream and the connection that the host dials for it. Several servers would look the id up here and relay.</summary>
public sealed class StreamBroker(AgentSessions sessions, IdSource ids, TimeProvider time)
{
    /// <summary>So many streams of hosts at a time.</summary>
    public const int MostStreams = 4000;

    /// <summary>And so many of one user.</summary>
    public const int MostStreamsEach = 1000;

    /// <summary>A host must dial within this time.</summary>
    private static readonly TimeSpan DialPatience = TimeSpan.FromSeconds(10);

    /// <summary>And say whether it works within this.</summary>
    private static readonly TimeSpan FirstWordPatience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, Pending> _pending = new(StringComparer.Ordinal);
    private readonly Shares _open = new(MostStreams, MostStreamsEach);

    /// <summary>Streams that are open or being opened.</summary>
    public int Open => _open.Taken;

    /// <summary>Asks a host for a stream and waits until it works. Throws <see cref="ProblemException"/> where it does not.</summary>
    /// <param name="hostId">The host.</param>
    /// <param name="user">The account that it is for; null where the server needs it for itself.</param>
    /// <param name="order">What the host is asked for, under the stream's id.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<AgentStream> OpenAsync(long hostId, long? user, Func<string, OpenStream> order, CancellationToken cancel)
    {
        var id = Convert.ToHexStringLower(ids.Bytes(16));
        var message = order(id);
        if (!sessions.Serves(hostId, message.Purpose)) throw Unavailable(sessions.IsOpen(hostId) ? "The host's agent is too old for this: upgrade it" : "The host is not connected");
        if (_open.Take(user) is { } taken) throw Unavailable($"{taken} streams are open already");
        var pending = _pending[id] = new Pending(hostId, user);
        AgentStream? stream = null;
        try
        {
            if (!sessions.Tell(hostId, message)) throw Unavailable("The host is not connected");
            stream = await pending.Stream.Task.WaitAsync(DialPatience, time, cancel).ConfigureAwait(false);
            await FirstWordAsync(stream, cancel).ConfigureAwait(false);
            return stream;
        }
        catch (TimeoutException)
        {
            await AbandonAsync(id, pending, stream).ConfigureAwait(false);
            throw Unavailable("The host does not answer");
        }
        catch
        {
            await AbandonAsync(id, pending, stream).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes in a connection that a host dialled and holds it until the stream is over; false where nobody waits for it.</summary>
    public async Task<bool> AcceptAsync(string id, long hostId, Func<Task<WebSocket>> accept)
    {
        if (!_pending.TryGetValue(id, out var pending) || pending.HostId != hostId || !_pending.TryRemove(id, out _)) return false;
        using var socket = await accept().ConfigureAwait(false);
        await using var stream = new AgentStream(socket, () => Ended(pending, id), time);
        if (pending.Stream.TrySetResult(stream)) await stream.Over.ConfigureAwait(false);
        return true;
    }

    private async Task FirstWordAsync(AgentStream stream, CancellationToken cancel)
    {
        var first = await stream.ReceiveAsync(new byte[4096], cancel).AsTask().WaitAsync(FirstWordPatience, time, cancel).ConfigureAwait(false);
        if (first is { Note: StreamOpened }) return;
        if (first is not { Note: StreamRefused refused }) throw Unavailable("The host broke the stream off");
        throw new ProblemException(refused.Fault switch
        {
            StreamFault.NotFound => Problem.NotFound() with { Detail = refused.Reason },
            StreamFault.NotRunning => Problem.Conflict(refused.Reason),
            StreamFault.Unreachable or StreamFault.Busy => new Problem("Service Unavailable", Message: "Service Unavailable", Status: 503, Detail: refused.Reason),
            _ => new Problem("StreamFailed", Message: refused.Reason, Status: 422),
        });
    }

    /// <summary>Nobody will read it: the host is told, and a connection that comes all the same is refused.</summary>
    private async Task AbandonAsync(string id, Pending pending, AgentStream? stream)
    {
        _pending.TryRemove(id, out _);
        if (stream is null && !pending.Stream.TrySetCanceled()) stream = await pending.Stream.Task.ConfigureAwait(false);
        if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
        else Ended(pending, id);
    }

    private void Ended(Pending pending, string id)
    {
        if (!pending.TryEnd()) return; // both who asked for it and who took it in let go of it
        _open.GiveBack(pending.User);
        sessions.Tell(pending.HostId, new CloseStream(id));
    }

    private static ProblemException Unavailable(string detail) => new(new Problem("Service Unavailable", Message: "Service Unavailable", Status: 503, Detail: detail));

    private sealed record Pending(long HostId, long? User)
    {
        private int _ended;

        public TaskCompletionSource<AgentStream> Stream { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>True the first time.</summary>
        public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
    }
}
