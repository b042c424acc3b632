using Drover.Agent;
using Drover.Agent.Sessions;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Simulator.Load;

/// <summary>Many simulated hosts of one environment, each with the real agent, joined by the real registration over the real protocol.</summary>
public sealed partial class SimulatedHosts(SimulateOptions options, AgentSurroundings around)
{
    /// <summary>So many hosts join at a time.</summary>
    private const int Joining = 16;

    private readonly ILogger _log = around.Loggers.CreateLogger<SimulatedHosts>();
    private int _joined;

    /// <summary>Hosts that the server knows so far.</summary>
    public int Joined => Volatile.Read(ref _joined);

    /// <summary>In the order of their names; all there are, joined or not.</summary>
    public IReadOnlyList<SimulatedHost> All { get; } = [.. Enumerable.Range(1, options.Hosts).Select(number => Host(options, around, number))];

    /// <summary>Runs until cancelled, or until the server wants none of them any more: then returns one of <see cref="AgentExit"/>.</summary>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        using var handler = around.Http is null ? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) } : null;
        using var http = new HttpClient(around.Http ?? handler!, disposeHandler: false) { BaseAddress = options.Url, Timeout = TimeSpan.FromSeconds(60) };
        using var invoker = new HttpMessageInvoker(around.Http ?? handler!, disposeHandler: false);
        using var turns = new SemaphoreSlim(Joining);
        try
        {
            await Task.WhenAll(All.Select((host, index) => RunAsync(host, index, turns, http, invoker, cancel)));
            return AgentExit.Refused;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return AgentExit.Stopped;
        }
        catch (RegistrationException refused)
        {
            LogRefused(_log, refused.Message);
            return AgentExit.Refused;
        }
    }

    private static SimulatedHost Host(SimulateOptions options, AgentSurroundings around, int number)
        => new($"{options.Prefix}-{number}", options.Behaviour, around with { Jitter = new Random(options.Seed + number) });

    private async Task RunAsync(SimulatedHost host, int index, SemaphoreSlim turns, HttpClient http, HttpMessageInvoker invoker, CancellationToken cancel)
    {
        var keys = await JoinAsync(host, new Random(options.Seed - index), turns, http, cancel);
        if (Interlocked.Increment(ref _joined) is var joined && (joined == options.Hosts || joined % 100 == 0)) LogJoined(_log, joined, options.Hosts);
        var reason = await host.RunAsync(new WebSocketTransport(options.Url, keys, invoker), cancel);
        LogGone(_log, host.Name, reason);
    }

    private async Task<Registered> JoinAsync(SimulatedHost host, Random jitter, SemaphoreSlim turns, HttpClient http, CancellationToken cancel)
    {
        for (var failures = 0; ; failures++)
        {
            await turns.WaitAsync(cancel);
            try
            {
                return await Registration.JoinAsync(http, options.Token, host.Describe(await host.Runtime.DescribeAsync(cancel)), cancel);
            }
            catch (SessionException notYet)
            {
                LogNotYet(_log, host.Name, notYet.Message);
            }
            finally
            {
                turns.Release();
            }

            await Task.Delay(ReconnectDelay.Of(failures, TimeSpan.Zero, jitter), around.Time, cancel);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Joined} of {All} simulated hosts have joined")]
    private static partial void LogJoined(ILogger log, int joined, int all);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} ends: {Reason}")]
    private static partial void LogGone(ILogger log, string host, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} cannot join yet: {Reason}")]
    private static partial void LogNotYet(ILogger log, string host, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void LogRefused(ILogger log, string reason);
}
