using System.Threading.Channels;
using Drover.Agent.Instances;
using Microsoft.Extensions.Logging;

namespace Drover.Agent.Engine;

/// <summary>Keeps looking at the engine: all at first and now and then (CTR-35), one container when something happened to it; waits out an engine that is down.</summary>
internal sealed partial class EngineWatch(IHostRuntime runtime, IEngineListener listener, TimeProvider time, TimeSpan relist, ILogger log)
{
    private readonly Channel<string?> _requests = Channel.CreateUnbounded<string?>();
    private bool _deaf;

    /// <summary>Asks for one container by the engine's id; null asks for everything. Any thread.</summary>
    public void Ask(string? engineId) => _requests.Writer.TryWrite(engineId);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        for (var failures = 0; !cancel.IsCancellationRequested;)
        {
            try
            {
                await WatchAsync(() => failures = 0, cancel);
            }
            catch (RuntimeException lost)
            {
                LogLost(log, lost.Message);
                listener.Lost(lost.Message);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception defect) when (defect is not OutOfMemoryException)
            {
                LogDefect(log, defect);
                listener.Lost(defect.Message);
            }

            await Task.Delay(BackOff.Doubling(TimeSpan.FromMilliseconds(200), ++failures) is var wait && wait > Longest ? Longest : wait, time, cancel)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private async Task WatchAsync(Action isUp, CancellationToken cancel)
    {
        await runtime.DescribeAsync(cancel); // is it up at all?
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _deaf = false;
        var events = PumpAsync(stop.Token);
        await using var timer = time.CreateTimer(_ => Ask(null), null, relist, relist);
        try
        {
            await LookAtAllAsync(cancel);
            isUp();
            while (!Volatile.Read(ref _deaf) && await _requests.Reader.WaitToReadAsync(cancel)) await LookAsync(cancel);
        }
        finally
        {
            stop.Cancel();
            await events.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await events;
        throw new RuntimeException(RuntimeFailure.Unreachable, "The engine ended its stream of events");
    }

    private async Task PumpAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var happened in runtime.EventsAsync(cancel).WithCancellation(cancel)) listener.Noticed(happened);
        }
        finally
        {
            Volatile.Write(ref _deaf, true);
            Ask(null);
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        var asked = new HashSet<string>();
        var all = false;
        while (_requests.Reader.TryRead(out var engineId))
        {
            if (engineId is null) all = true;
            else asked.Add(engineId);
        }

        foreach (var engineId in asked) await LookAtAsync(engineId, cancel);
        if (all) await LookAtAllAsync(cancel);
    }

    /// <summary>One container that the engine cannot show must not hide all others.</summary>
    private async Task LookAtAsync(string engineId, CancellationToken cancel)
    {
        var stamp = listener.Stamp;
        try
        {
            listener.Observed(engineId, await runtime.InspectAsync(engineId, cancel), stamp);
        }
        catch (RuntimeException unseen) when (unseen.Failure != RuntimeFailure.Unreachable)
        {
            LogUnseen(log, engineId, unseen.Message);
        }
    }

    private async Task LookAtAllAsync(CancellationToken cancel)
    {
        var stamp = listener.Stamp;
        var host = await runtime.DescribeAsync(cancel);
        var containers = await runtime.ListAsync(cancel);
        listener.Listed(new EngineView(host, containers, await runtime.ListVolumesAsync(cancel)), stamp);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engine cannot show container {EngineId}: {Reason}")]
    private static partial void LogUnseen(ILogger log, string engineId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The engine answered something unexpected. Trying again.")]
    private static partial void LogDefect(ILogger log, Exception defect);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engine does not answer: {Reason}. Trying again.")]
    private static partial void LogLost(ILogger log, string reason);
}
