namespace Drover.Agent.Docker.Engine;

/// <summary>
/// A Docker Engine behind its unix socket, one operations object per noun. Every call throws <see cref="EngineException"/>
/// and nothing else, but for cancellation. Safe for use by many callers at once.
/// </summary>
public sealed class EngineClient : IDisposable
{
    /// <summary>Where an engine listens unless told otherwise.</summary>
    public const string DefaultSocket = "/var/run/docker.sock";

    private readonly EngineConnection _connection;

    /// <summary>Connects on first use; the engine may be down now and come later.</summary>
    /// <param name="socketPath">The engine's unix socket.</param>
    /// <param name="time">Measures how long an answer may take.</param>
    public EngineClient(string socketPath, TimeProvider time)
    {
        SocketPath = socketPath;
        _connection = new EngineConnection(socketPath, time);
        Containers = new ContainerOperations(_connection);
        Execs = new ExecOperations(_connection);
        Images = new ImageOperations(_connection);
        Networks = new NetworkOperations(_connection);
        Volumes = new VolumeOperations(_connection);
        Events = new EventOperations(_connection);
        System = new SystemOperations(_connection);
    }

    /// <summary>The engine's unix socket.</summary>
    public string SocketPath { get; }

    public ContainerOperations Containers { get; }

    public ExecOperations Execs { get; }

    public ImageOperations Images { get; }

    public NetworkOperations Networks { get; }

    public VolumeOperations Volumes { get; }

    public EventOperations Events { get; }

    public SystemOperations System { get; }

    /// <summary>A connection of its own to the engine's socket, without a question: the caller speaks the Engine API on it.</summary>
    public async Task<HijackedConnection> ConnectAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await HijackedConnection.OpenAsync(SocketPath, cancellation);
        }
        catch (global::System.Net.Sockets.SocketException e)
        {
            throw new EngineException(EngineFault.Unreachable, $"The Docker Engine cannot be reached: {e.Message}", inner: e);
        }
    }

    /// <summary>Closes all connections; streams that are open end with <see cref="EngineFault.Interrupted"/>.</summary>
    public void Dispose() => _connection.Dispose();
}
