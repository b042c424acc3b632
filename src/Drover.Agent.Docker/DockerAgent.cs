using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Streams;

namespace Drover.Agent.Docker;

/// <summary>An agent on the Docker Engine of its own host.</summary>
public static class DockerAgent
{
    private const string UnixScheme = "unix://";

    /// <summary>Runs until cancelled or refused for good; returns one of <see cref="AgentExit"/>.</summary>
    /// <param name="options">Where the server is and what the host is called.</param>
    /// <param name="socket">The engine's unix socket; the engine may be down now and come later.</param>
    /// <param name="around">Time, ids, logs; its hooks and listeners come after those of the Docker host.</param>
    /// <param name="cancel">Ends the agent; its containers run on.</param>
    public static async Task<int> RunAsync(AgentOptions options, string socket, AgentSurroundings around, CancellationToken cancel)
    {
        using var engine = new EngineClient(socket, around.Time);
        await using var services = new HostServices(around, ServiceNetwork.Create);
        return await AgentProgram.RunAsync(
            options, new DockerRuntime(engine, around.Time),
            around with
            {
                Hooks = [services, .. around.Hooks],
                Environment = [services, .. around.Environment],
                Streams = new DockerStreams(engine, around.Time),
            },
            cancel);
    }

    /// <summary>The socket that a DOCKER_HOST variable names; the usual one where it is not set. Throws <see cref="FormatException"/> for an engine that is not on this host.</summary>
    public static string Socket(string? dockerHost) => dockerHost switch
    {
        null or "" => EngineClient.DefaultSocket,
        _ when dockerHost.StartsWith(UnixScheme, StringComparison.Ordinal) => dockerHost[UnixScheme.Length..],
        _ => throw new FormatException($"DOCKER_HOST is {dockerHost}; an agent works with the engine of its own host, unix:///path"),
    };
}
