using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Streams.Stats;
using Drover.Server.Api.Calls;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Streams;

/// <summary>The paths of streams: one for hosts, the others for clients with a token.</summary>
internal sealed class StreamRoutes(StreamDoor door, StreamBroker broker, StatsHub stats, ResourceStore store, TimeProvider time)
{
    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute(Wire.StreamPath, RouteRule.Agent, DialledAsync));
        foreach (var version in StreamPaths.Versions)
        {
            parts.Route(new ServerRoute($"/{version}/{StreamPaths.Logs}/", RouteRule.StreamToken, (http, _) => LogsAsync(http)));
            parts.Route(new ServerRoute($"/{version}/{StreamPaths.Exec}/", RouteRule.StreamToken, (http, _) => ExecAsync(http)));
            parts.Route(new ServerRoute($"/{version}/{StreamPaths.DockerSocket}/", RouteRule.StreamToken, (http, _) => DockerSocketAsync(http)));
            foreach (var purpose in (string[])[StreamPaths.Stats, StreamPaths.HostStats, StreamPaths.ContainerStats])
            {
                parts.Route(new ServerRoute($"/{version}/{purpose}", RouteRule.StreamToken, (http, _) => StatsAsync(http, purpose)));
                parts.Route(new ServerRoute($"/{version}/{purpose}/", RouteRule.StreamToken, (http, _) => StatsAsync(http, purpose)));
            }
        }
    }

    /// <summary>A host dials what it was asked for.</summary>
    private async Task DialledAsync(HttpContext http, Caller? caller)
    {
        RequireSocket(http);
        var host = caller?.AgentId is { } agent ? store.Current.By<Model.Hosts.Host>("agentId", agent).FirstOrDefault() : null;
        var id = http.Request.Path.Value![Wire.StreamPath.Length..];
        if (host is null || !await broker.AcceptAsync(id, host.Id, () => http.WebSockets.AcceptWebSocketAsync()))
            throw new ProblemException(Problem.NotFound());
    }

    private Task LogsAsync(HttpContext http)
        => RelayAsync(http, StreamPaths.Logs, "logs", (ticket, id) => new OpenStream(id, Logs: ticket.Logs!.Order), (relay, stop) => relay.LinesAsync(stop));

    private Task ExecAsync(HttpContext http)
        => RelayAsync(http, StreamPaths.Exec, "execute", (ticket, id) => new OpenStream(id, Exec: ticket.Exec!.Order), (relay, stop) => relay.BytesAsync(stop));

    private Task DockerSocketAsync(HttpContext http)
        => RelayAsync(http, StreamPaths.DockerSocket, "dockersocket", (_, id) => new OpenStream(id, DockerSocket: true), (relay, stop) => relay.BytesAsync(stop));

    private Task StatsAsync(HttpContext http, string purpose)
    {
        RequireSocket(http);
        var (ticket, entry) = door.Enter(http, purpose, action: null);
        return door.RunAsync(http, ticket, action: null, (client, stop) => new StatsRelay(stats, store, time).RunAsync(ticket, entry, client, stop));
    }

    /// <summary>The host is asked first: a client whose stream cannot be had is told why in an answer, and not by a socket that closes.</summary>
    private async Task RelayAsync(HttpContext http, string purpose, string action, Func<StreamTicket, string, OpenStream> order, Func<StreamRelay, CancellationToken, Task> run)
    {
        RequireSocket(http);
        var (ticket, entry) = door.Enter(http, purpose, action);
        var hostId = entry.Wanted is Container { HostId: { } placed } ? placed : entry.Id;
        await using var stream = await broker.OpenAsync(hostId, ticket.UserId, id => order(ticket, id), http.RequestAborted);
        await door.RunAsync(http, ticket, action, (client, stop) => run(new StreamRelay(client, stream, ticket.WantsOwn, time), stop));
    }

    private static void RequireSocket(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest) throw new ProblemException(new Problem("Upgrade Required", Message: "This path speaks WebSocket only", Status: 426));
    }
}
