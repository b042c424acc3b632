using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api;

/// <summary>`/ping` and `/healthcheck`: whether the server answers, for load balancers in front of it.</summary>
internal static class StateRoutes
{
    public static void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute("/ping", RouteRule.Anyone, Pong));
        parts.Route(new ServerRoute("/v1/ping", RouteRule.Anyone, Pong));
        parts.Route(new ServerRoute("/healthcheck", RouteRule.Anyone, Pong));
    }

    private static Task Pong(HttpContext http, Caller? caller)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("pong", http.RequestAborted);
    }
}
