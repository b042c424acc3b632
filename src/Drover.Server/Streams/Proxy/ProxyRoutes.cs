using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Drover.Server.Api.Views;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Drover.Server.Streams.Proxy;

/// <summary>`/r/...`, which is asked with the caller's own credentials, and `/v1/container-proxy/`, which takes a token.</summary>
internal sealed class ProxyRoutes(StreamDoor door, StreamAccess access, ContainerHttp containers, RoleCatalogs catalogs, ResourceStore store)
{
    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute("/r/", RouteRule.Page, (http, caller) => ServiceAsync(http, caller!)));
        foreach (var version in StreamPaths.Versions)
        {
            var path = $"/{version}/{StreamPaths.ContainerProxy}/";
            parts.Route(new ServerRoute(path, RouteRule.StreamToken, (http, _) => ContainerAsync(http, path)));
        }
    }

    private async Task ServiceAsync(HttpContext http, Caller caller)
    {
        var request = http.Request;
        var path = ServicePath.Parse(TargetOf(http)) ?? throw new ProblemException(Problem.NotFound());
        var view = store.Current;
        var signedIn = caller;
        if ((path.Project ?? (request.Headers.TryGetValue("X-API-Project-Id", out var named) ? named.ToString() : null) ?? SessionKeys.ProjectOf(request)) is { } project) caller = Authenticator.Enter(view, caller, project);
        var call = new ApiCall(ApiPath.Parse($"/{ApiPath.Latest}/serviceproxies"), caller, catalogs.Of(caller.Role), view, new UrlSpace(Origin.Of(request), ApiPath.Latest, null));
        if (call.Catalog.FindByWord("serviceproxies") is not { MayCreate: true }) throw new ProblemException(Problem.Forbidden("This needs an environment: /r/projects/ID/SERVICE/, and the right to use its services"));
        var service = ProxyTarget.Service(view, caller.AccountId, path.Service) ?? throw new ProblemException(Problem.NotFound() with { Detail = "The environment has no such service" });
        var ticket = ProxyTarget.Ticket(call, ProxyTarget.Container(view, service), path.Port, null);
        if (access.Find(ticket, "proxy") is not { } container) throw new ProblemException(Problem.Forbidden());
        if (path.Rest.Length == 0 && request.Method is "GET" or "HEAD" && !http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Redirect(path.Mount + "/" + path.Query); // a page's relative addresses need the slash
            return;
        }

        var isKeyInQuery = signedIn.SessionId is not null && !request.Cookies.ContainsKey(SessionKeys.Cookie) && !request.Headers.ContainsKey("Authorization");
        await ForwardAsync(http, ticket, container, (path.Rest.Length == 0 ? "/" : path.Rest) + (isKeyInQuery ? ProxiedHeaders.WithoutToken(path.Query) : path.Query), path.Mount);
    }

    private Task ContainerAsync(HttpContext http, string path)
    {
        var (ticket, container) = door.Enter(http, StreamPaths.ContainerProxy, "proxy");
        var target = TargetOf(http);
        if (!target.StartsWith(path, StringComparison.OrdinalIgnoreCase)) throw new ProblemException(Problem.NotFound());
        var rest = target[(path.Length - 1)..].Split('?', 2);
        return ForwardAsync(http, ticket, container, rest[0] + (rest.Length > 1 ? ProxiedHeaders.WithoutToken(rest[1]) : ""), null);
    }

    private Task ForwardAsync(HttpContext http, StreamTicket ticket, Entry container, string target, string? mount)
        => containers.RunAsync(http, ticket, ((Model.Containers.Container)container.Wanted).HostId!.Value, target, mount);

    /// <summary>The path as it came: a decoded one cannot be put together again.</summary>
    private static string TargetOf(HttpContext http) => http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
}
