namespace Drover.Agent.Docker.Engine.Daemon;

/// <summary>Questions about the engine itself.</summary>
public sealed class SystemOperations
{
    private readonly EngineConnection _connection;

    internal SystemOperations(EngineConnection connection) => _connection = connection;

    /// <summary>Whether it answers, and in which version of the API; throws unreachable when it is down.</summary>
    public Task<PingResponse> PingAsync(CancellationToken cancellation = default) => _connection.PingAsync(cancellation);

    /// <summary>Versions of the engine and the kernel.</summary>
    public Task<VersionResponse> VersionAsync(CancellationToken cancellation = default) =>
        _connection.AskAsync(EngineRequest.Get(new EngineUri("/version")), EngineJson.Default.VersionResponse, cancellation);

    /// <summary>The engine's identity, storage, limits and what the host can do.</summary>
    public Task<InfoResponse> InfoAsync(CancellationToken cancellation = default) =>
        _connection.AskAsync(EngineRequest.Get(new EngineUri("/info")), EngineJson.Default.InfoResponse, cancellation);
}
