using System.Collections.Concurrent;
using System.Net.WebSockets;
using Drover.Agent.Sessions;
using Drover.Model.Kernel;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent.Streams;

/// <summary>Serves the streams that the server asks for, each on a connection and a task of its own.</summary>
internal sealed partial class StreamDesk(IHostStreams? streams, OrderedPulls pulls, IStreamTransport? transport, TimeProvider time, ILogger log)
{
    /// <summary>So many streams at a time; more are refused.</summary>
    private const int MostStreams = 1000;

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _open = [];

    /// <summary>What this host serves, as its hello says.</summary>
    public EquatableArray<string> Purposes => streams is null || transport is null
        ? default
        : [StreamPurpose.Logs, StreamPurpose.Exec, StreamPurpose.Connect, StreamPurpose.Stats, StreamPurpose.DockerSocket, StreamPurpose.Pull];

    /// <summary>Begins to serve; returns at once.</summary>
    public void Open(OpenStream order, CancellationToken stop)
    {
        if (streams is null || transport is null) return;
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (!_open.TryAdd(order.StreamId, cancel))
        {
            cancel.Dispose();
            return;
        }

        _ = Task.Run(() => ServeAsync(order, cancel), CancellationToken.None);
    }

    /// <summary>Drops a stream, whatever it waits for.</summary>
    public void Close(string streamId)
    {
        if (_open.TryGetValue(streamId, out var cancel)) Cancel(cancel);
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // it ended by itself just now
        }
    }

    private async Task ServeAsync(OpenStream order, CancellationTokenSource cancel)
    {
        try
        {
            using var socket = await transport!.DialAsync(order.StreamId, cancel.Token);
            await ServeAsync(order, new WebSocketLink(socket), cancel);
        }
        catch (OperationCanceledException)
        {
            // the server took it back before it was dialled, or the agent ends
        }
        catch (SessionException unreached)
        {
            LogUnreached(log, order.Purpose, unreached.Message);
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            LogDefect(log, defect, order.Purpose);
        }
        finally
        {
            _open.TryRemove(order.StreamId, out _);
            cancel.Dispose();
        }
    }

    private async Task ServeAsync(OpenStream order, WebSocketLink link, CancellationTokenSource cancel)
    {
        var reading = link.ReadAsync();
        _ = reading.ContinueWith(_ => Cancel(cancel), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        StreamNote last;
        try
        {
            last = _open.Count > MostStreams
                ? new StreamRefused(StreamFault.Busy, $"The host serves {MostStreams} streams already")
                : new StreamEnded(await RunAsync(order, link, cancel.Token));
        }
        catch (RuntimeException failed)
        {
            last = link.IsOpened ? new StreamEnded(Reason: failed.Message) : new StreamRefused(FaultOf(failed.Failure), failed.Message);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            last = new StreamEnded();
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            LogDefect(log, defect, order.Purpose);
            last = link.IsOpened ? new StreamEnded(Reason: "The host met something unexpected") : new StreamRefused(StreamFault.Failed, "The host met something unexpected");
        }

        await link.CloseAsync(last, reading, time, cancel.Token);
    }

    private async Task<long?> RunAsync(OpenStream order, WebSocketLink link, CancellationToken cancel)
    {
        switch (order)
        {
            case { Logs: { } logs }:
                await streams!.LogsAsync(logs, link, cancel);
                return null;
            case { Exec: { } exec }:
                return await streams!.ExecAsync(exec, link, cancel);
            case { Connect: { } connect }:
                await streams!.ConnectAsync(connect, link, cancel);
                return null;
            case { Stats: true }:
                await new StatsClock(streams!, time).RunAsync(link, cancel);
                return null;
            case { DockerSocket: true }:
                await streams!.DockerSocketAsync(link, cancel);
                return null;
            case { Pull: { } pull }:
                return await pulls.RunAsync(pull, link, cancel);
            default:
                throw new RuntimeException(RuntimeFailure.Invalid, "This agent does not know such a stream: upgrade it");
        }
    }

    private static StreamFault FaultOf(RuntimeFailure failure) => failure switch
    {
        RuntimeFailure.NotFound => StreamFault.NotFound,
        RuntimeFailure.Conflict => StreamFault.NotRunning,
        RuntimeFailure.Unreachable => StreamFault.Unreachable,
        _ => StreamFault.Failed,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stream ({Purpose}) cannot be dialled: {Reason}")]
    private static partial void LogUnreached(ILogger log, string purpose, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A stream ({Purpose}) met something unexpected")]
    private static partial void LogDefect(ILogger log, Exception defect, string purpose);
}
