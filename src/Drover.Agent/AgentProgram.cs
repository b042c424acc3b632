using Drover.Agent.Hooks;
using Drover.Agent.Sessions;
using Drover.Agent.State;
using Drover.Protocol;
using Microsoft.Extensions.Logging;

namespace Drover.Agent;

/// <summary>An agent process: joins once, then keeps the host as its server wants it, with the server or without.</summary>
public sealed partial class AgentProgram
{
    private readonly AgentOptions _options;
    private readonly IHostRuntime _runtime;
    private readonly AgentSurroundings _around;
    private readonly ILogger _log;
    private readonly HttpMessageHandler _http;
    private readonly RouteAddress _route;

    private AgentProgram(AgentOptions options, IHostRuntime runtime, AgentSurroundings around)
    {
        (_options, _runtime, _around) = (options, runtime, around);
        _route = new RouteAddress(options.Url);
        _log = around.Loggers.CreateLogger<AgentProgram>();
        _http = around.Http ?? new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(15) };
    }

    /// <summary>Runs until cancelled, or until its first registration is refused; returns one of <see cref="AgentExit"/>. What it says at its end is in the log.</summary>
    public static async Task<int> RunAsync(AgentOptions options, IHostRuntime runtime, AgentSurroundings around, CancellationToken cancel)
    {
        var program = new AgentProgram(options, runtime, around);
        try
        {
            using var only = LockFolder(options.DataFolder);
            return await program.RunAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return AgentExit.Stopped;
        }
        catch (RegistrationException refused)
        {
            LogEnd(program._log, refused.Message);
            return AgentExit.Refused;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or FormatException)
        {
            LogEnd(program._log, unusable.Message);
            return AgentExit.Unusable;
        }
        finally
        {
            if (around.Http is null) program._http.Dispose();
        }
    }

    private async Task<int> RunAsync(CancellationToken cancel)
    {
        var file = new IdentityFile(_options.DataFolder, _log);
        var identity = file.Load() ?? new HostIdentity(_around.NewUuid());
        file.Save(identity);
        var fresh = identity.Keys is null || (identity.Url != _options.Url.ToString() && _options.Token is not null);
        if (fresh) identity = await JoinAsync(file, identity, cancel);
        var mayJoinAgain = !fresh && _options.Token is not null;
        for (var failures = 0; ;)
        {
            LogRefused(_log, await RunAsync(identity, mayJoinAgain, cancel));
            try
            {
                identity = await JoinOnceAsync(file, identity, cancel);
                mayJoinAgain = false;
            }
            catch (RegistrationException refused)
            {
                LogKeepsOn(_log, refused.Message); // a host that once joined has containers to look after
                mayJoinAgain = false;
            }
            catch (SessionException notYet)
            {
                await StayAwayAsync(notYet, failures++, cancel);
            }
        }
    }

    private async Task<HostIdentity> JoinAsync(IdentityFile file, HostIdentity identity, CancellationToken cancel)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return await JoinOnceAsync(file, identity, cancel);
            }
            catch (SessionException notYet)
            {
                await StayAwayAsync(notYet, failures, cancel);
            }
        }
    }

    private async Task<HostIdentity> JoinOnceAsync(IdentityFile file, HostIdentity identity, CancellationToken cancel)
    {
        if (_options.Token is not { } token) throw new FormatException("This host has not joined a server yet: give the registration token by --token-file, DROVER_TOKEN or --token");
        using var http = new HttpClient(_http, disposeHandler: false) { BaseAddress = _options.Url, Timeout = TimeSpan.FromSeconds(30) };
        var keys = await Registration.JoinAsync(http, token, await DescribeAsync(identity, cancel), cancel);
        FileState.PutAside(_options.DataFolder);
        var joined = identity with { Url = _options.Url.ToString(), Keys = keys };
        file.Save(joined);
        LogJoined(_log, keys.HostId, _options.Url);
        return joined;
    }

    private async Task StayAwayAsync(SessionException notYet, int failures, CancellationToken cancel)
    {
        var wait = ReconnectDelay.Of(failures, TimeSpan.Zero, _around.Jitter);
        LogNotYet(_log, notYet.Message, wait);
        await Task.Delay(wait, _around.Time, cancel);
    }

    private async Task<string> RunAsync(HostIdentity identity, bool endsWhenRefused, CancellationToken cancel)
    {
        using var invoker = new HttpMessageInvoker(_http, disposeHandler: false);
        using var state = new FileState(_options.DataFolder, _log);
        using var agent = new HostAgent(
            new AgentParts
            {
                Runtime = _runtime,
                Transport = new WebSocketTransport(_options.Url, identity.Keys!, invoker, _route.RefreshAsync),
                Streams = _around.Streams,
                State = state,
                Hooks = [new VolumesHook(), new NetworkHook(), .. _around.Hooks],
                Environment = _around.Environment,
                Time = _around.Time,
                Jitter = _around.Jitter,
                Loggers = _around.Loggers,
                Timings = _around.Timings,
                EndsWhenRefused = endsWhenRefused,
            },
            engine => Complete(engine, identity));
        return await agent.RunAsync(cancel);
    }

    private async Task<HostDescription> DescribeAsync(HostIdentity identity, CancellationToken cancel)
    {
        await _route.RefreshAsync(cancel);
        try
        {
            return Complete(await _runtime.DescribeAsync(cancel), identity);
        }
        catch (RuntimeException)
        {
            return Complete(null, identity); // the server hears more as soon as the engine answers
        }
    }

    private HostDescription Complete(HostDescription? engine, HostIdentity identity)
    {
        var host = engine ?? new HostDescription { Uuid = identity.Uuid, Hostname = "", EngineUp = false };
        return host with
        {
            Uuid = identity.Uuid,
            Hostname = _options.Hostname ?? (host.Hostname.Length > 0 ? host.Hostname : Environment.MachineName),
            AgentIp = _options.AgentIp ?? _route.Address ?? host.AgentIp,
            Labels = host.Labels.With(_options.Labels.Items),
        };
    }

    private static FileStream LockFolder(string folder)
    {
        SafeFiles.MakeFolder(folder);
        try
        {
            return new FileStream(Path.Combine(folder, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"Another agent works with {folder}", taken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void LogEnd(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}. Joining again with the registration token.")]
    private static partial void LogRefused(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}. The host goes on with what it was told last.")]
    private static partial void LogKeepsOn(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Joined {Url} as host {HostId}")]
    private static partial void LogJoined(ILogger log, string hostId, Uri url);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}. Trying again in {Wait}.")]
    private static partial void LogNotYet(ILogger log, string reason, TimeSpan wait);
}
