using Drover.Server.Api.Calls;
using Drover.Server.Hosts;
using Drover.Server.Streams.Proxy;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Streams;

/// <summary>Looking into hosts and containers: lines, commands, figures, web pages, the engine's socket.</summary>
internal static class StreamsSlice
{
    public static void Register(ServerParts parts, AgentSessions sessions, StreamBroker broker)
    {
        var key = new StreamKey(parts.Options.DataFolder);
        var tokens = new StreamTokens(key, parts.Store, parts.Ids, parts.Time);
        var access = new StreamAccess(parts.Store, parts.Catalogs, parts.Pieces);
        var door = new StreamDoor(tokens, access, new LoggedStreams(parts.Logs.CreateLogger("Drover.Streams")), parts.Time);
        parts.Pieces.Add(new ContainerLogsAction(tokens, parts.Time)).Add(new ContainerExecuteAction(tokens))
            .Add(new DockerSocketAction(tokens)).Add(new DockerSocketSwitch())
            .Add(new ContainerProxyAction(tokens)).Add(new ServiceProxyEndpoint(tokens, access));
        foreach (var link in Stats.StatsLink.All(tokens, sessions)) parts.Pieces.Add(link);
        new StreamRoutes(door, broker, new Stats.StatsHub(broker, parts.Time), parts.Store, parts.Time).Register(parts);
        new ProxyRoutes(door, access, tokens, new ContainerHttp(door, broker), parts.Catalogs, parts.Store).Register(parts);
        foreach (var version in ApiPath.Versions)
            parts.Route(new ServerRoute($"/{version}/scripts/api.crt", RouteRule.Anyone, (http, _) => PublicKeyAsync(http, key)));
    }

    /// <summary>The public half of the key that signs the tokens, for who wants to check them.</summary>
    private static Task PublicKeyAsync(HttpContext http, StreamKey key)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(key.PublicPem(), http.RequestAborted);
    }
}
