using System.Text.Json;
using System.Threading.Channels;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent.Sessions;

/// <summary>The agent's one conversation with its server: opened again and again, one at a time, for as long as the agent lives.</summary>
internal sealed partial class Session(ISessionTransport transport, ISessionListener listener, string agentVersion, TimeProvider time, Random jitter, ILogger log)
{
    /// <summary>The server must answer within this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A session of this length was a good one.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(10);

    /// <summary>After so many refusals of its keys in a row they are taken for good.</summary>
    private const int RefusalsToBelieve = 3;

    private readonly Lock _lock = new();
    private Channel<AgentMessage>? _outbox;

    /// <summary>Queues a message for the session that is open; without one it is dropped: the next session begins with everything. Any thread.</summary>
    public void Send(AgentMessage message)
    {
        lock (_lock) _outbox?.Writer.TryWrite(message);
    }

    /// <summary>Runs until cancelled. Where <paramref name="endsWhenRefused"/> is set, returns why once the server refuses this host for good; else it goes on asking, seldom: what the host does needs no server.</summary>
    public async Task<string> RunAsync(bool endsWhenRefused, CancellationToken cancel)
    {
        for (int failures = 0, refusals = 0; ;)
        {
            var end = await TryOneAsync(cancel);
            cancel.ThrowIfCancellationRequested();
            refusals = end.Final ? RefusalsToBelieve : end.Unauthorized ? refusals + 1 : 0;
            var refused = refusals >= RefusalsToBelieve;
            if (refused && endsWhenRefused) return end.Reason;
            failures = end.Good ? 0 : failures + 1;
            var wait = refused ? ReconnectDelay.OfRefused(end.StayAway, jitter) : ReconnectDelay.Of(failures, end.StayAway, jitter);
            if (refused) LogRefused(log, end.Reason, wait);
            else LogClosed(log, end.Reason, wait);
            listener.Closed(end.Reason);
            await Task.Delay(wait, time, cancel);
        }
    }

    private async Task<End> TryOneAsync(CancellationToken cancel)
    {
        var opened = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await using var connection = await WithinPatienceAsync(transport.ConnectAsync, stop.Token);
            var end = await TalkAsync(connection, stop);
            return end with { Good = time.GetElapsedTime(opened) >= Stable };
        }
        catch (SessionException broken)
        {
            return new End(broken.Message) { Unauthorized = broken.Unauthorized, Good = time.GetElapsedTime(opened) >= Stable };
        }
        catch (Exception rubbish) when (rubbish is JsonException or NotSupportedException)
        {
            return new End($"The server sent a message that makes no sense: {rubbish.Message}");
        }
        catch (OperationCanceledException)
        {
            return new End("The server did not answer in time");
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            LogDefect(log, defect);
            return new End("The session met something unexpected");
        }
    }

    private async Task<End> TalkAsync(ISessionConnection connection, CancellationTokenSource stop)
    {
        await connection.SendAsync(Wire.Encode(new Hello(Wire.Version, agentVersion, listener.Host, listener.Streams)), stop.Token);
        var first = await WithinPatienceAsync(connection.ReceiveAsync, stop.Token);
        switch (first is null ? null : Wire.DecodeServer(first))
        {
            case null:
                return new End("The server closed before it said welcome");
            case Refused refused:
                return new End(refused.Reason) { Final = refused.Final, StayAway = TimeSpan.FromSeconds(refused.RetrySeconds) };
            case Welcome { Version: < Wire.OldestVersion or > Wire.Version } other:
                return new End($"The server speaks version {other.Version} of the protocol, this agent {Wire.OldestVersion} to {Wire.Version}");
            case Welcome welcome:
                return await StayAsync(connection, welcome, stop);
            case var other:
                return new End($"The server began with {other.GetType().Name} in place of a welcome");
        }
    }

    private async Task<End> StayAsync(ISessionConnection connection, Welcome welcome, CancellationTokenSource stop)
    {
        var outbox = Channel.CreateUnbounded<AgentMessage>();
        lock (_lock) _outbox = outbox;
        LogOpened(log, welcome.HostId, welcome.Session);
        listener.Opened(welcome);
        var beat = TimeSpan.FromSeconds(Math.Max(1, welcome.HeartbeatSeconds));
        long beats = 0;
        await using var heart = time.CreateTimer(_ => outbox.Writer.TryWrite(new Heartbeat(Interlocked.Increment(ref beats), listener.Assigned)), null, beat, beat);
        var writing = WriteAsync(connection, outbox.Reader, stop.Token);
        var reading = ReadAsync(connection, stop.Token);
        try
        {
            await Task.WhenAny(writing, reading);
        }
        finally
        {
            lock (_lock) _outbox = null;
            stop.Cancel();
        }

        // The reader knows better why it ended: a refusal arrives before the connection breaks.
        await Task.WhenAll(writing, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (reading.IsCanceled) await writing;
        return await reading;
    }

    private static async Task WriteAsync(ISessionConnection connection, ChannelReader<AgentMessage> outbox, CancellationToken cancel)
    {
        while (await outbox.WaitToReadAsync(cancel))
        {
            while (outbox.TryRead(out var message)) await connection.SendAsync(Wire.Encode(message), cancel);
        }
    }

    private async Task<End> ReadAsync(ISessionConnection connection, CancellationToken cancel)
    {
        while (await connection.ReceiveAsync(cancel) is { } frame)
        {
            switch (Wire.DecodeServer(frame))
            {
                case Assignments assignments:
                    if (!Soundness.IsSound(assignments)) throw new JsonException("a container or volume without name");
                    listener.Received(assignments);
                    break;
                case OpenStream order:
                    listener.Received(order);
                    break;
                case CloseStream over:
                    listener.Received(over);
                    break;
                case Refused refused:
                    return new End(refused.Reason) { Final = refused.Final, StayAway = TimeSpan.FromSeconds(refused.RetrySeconds) };
                case Welcome:
                    return new End("The server said welcome twice");
            }
        }

        return new End("The server closed the session");
    }

    private async Task<T> WithinPatienceAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        return await act(both.Token);
    }

    private sealed record End(string Reason)
    {
        public bool Final { get; init; }
        public bool Unauthorized { get; init; }
        public bool Good { get; init; }
        public TimeSpan StayAway { get; init; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The session met something unexpected")]
    private static partial void LogDefect(ILogger log, Exception defect);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {Session} is open; this is host {HostId}")]
    private static partial void LogOpened(ILogger log, string hostId, long session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}. Containers, names and metadata of this host go on without the server; asking again in {Wait}. To join again, start the agent with a registration token.")]
    private static partial void LogRefused(ILogger log, string reason, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}. Trying again in {Wait}.")]
    private static partial void LogClosed(ILogger log, string reason, TimeSpan wait);
}
