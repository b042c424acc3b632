using System.Net.Sockets;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Streams;
using Drover.Protocol;

namespace Drover.Agent.Docker.Streams;

/// <summary>The streams of a host with a Docker Engine.</summary>
public sealed class DockerStreams(EngineClient engine, TimeProvider time) : IHostStreams
{
    /// <summary>What a network mode that names another container begins with.</summary>
    private const string OfContainer = "container:";

    public Task LogsAsync(LogsOrder order, IStreamLink link, CancellationToken cancel) => new DockerLogs(engine, time).RunAsync(order, link, cancel);

    public Task<long?> ExecAsync(ExecOrder order, IStreamLink link, CancellationToken cancel) => new DockerExec(engine, time).RunAsync(order, link, cancel);

    public async Task DockerSocketAsync(IStreamLink link, CancellationToken cancel)
    {
        await using var connection = await RuntimeFailures.TranslatedAsync(() => engine.ConnectAsync(cancel));
        await link.OpenedAsync(cancel);
        await Duplex.RunAsync(connection.Stream, connection.EndInput, link, cancel);
    }

    public async Task ConnectAsync(ConnectOrder order, IStreamLink link, CancellationToken cancel)
    {
        var seen = await RuntimeFailures.TranslatedAsync(() => engine.Containers.InspectAsync(order.Container, cancellation: cancel));
        if (seen.State?.Running != true) throw new RuntimeException(RuntimeFailure.Conflict, "The container does not run");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(await AddressAsync(seen, cancel), order.Port, cancel);
        }
        catch (SocketException refused)
        {
            throw new RuntimeException(RuntimeFailure.Failed, $"Port {order.Port} of the container does not answer: {refused.Message}", refused);
        }

        await using var stream = new NetworkStream(socket);
        await link.OpenedAsync(cancel);
        await Duplex.RunAsync(stream, () => socket.Shutdown(SocketShutdown.Send), link, cancel);
    }

    public Task<StatsSample?> SampleAsync(string container, CancellationToken cancel) => RuntimeFailures.TranslatedAsync(async () =>
        StatsSight.Sample(container, await engine.Containers.StatsAsync(container, cancel)));

    public async Task<StatsSample> SampleHostAsync(CancellationToken cancel) => HostFigures.Sample(
        time.GetUtcNow(),
        await File.ReadAllLinesAsync("/proc/stat", cancel),
        await File.ReadAllLinesAsync("/proc/meminfo", cancel),
        await File.ReadAllLinesAsync("/proc/diskstats", cancel),
        await File.ReadAllLinesAsync("/proc/net/dev", cancel));

    /// <summary>A container's address; one that lives in another's network has that one's.</summary>
    private async Task<string> AddressAsync(ContainerInspect seen, CancellationToken cancel)
    {
        if (seen.HostConfig?.NetworkMode?.StartsWith(OfContainer, StringComparison.Ordinal) == true)
            seen = await RuntimeFailures.TranslatedAsync(() => engine.Containers.InspectAsync(seen.HostConfig.NetworkMode[OfContainer.Length..], cancellation: cancel));
        return seen.HostConfig?.NetworkMode == "host" ? "127.0.0.1"
            : seen.NetworkSettings?.Networks?.Values.Select(network => network.IPAddress).FirstOrDefault(address => !string.IsNullOrEmpty(address))
                ?? throw new RuntimeException(RuntimeFailure.Failed, "The container has no address");
    }
}
