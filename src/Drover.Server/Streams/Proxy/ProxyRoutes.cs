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
internal sealed class ProxyRoutes(StreamDoor door, StreamAccess access, StreamTokens tokens, ContainerHttp containers, RoleCatalogs catalogs, ResourceStore store)
{
    private const string Action = "proxy";

    private const string PageRoot = "/" + StreamPaths.ContainerPage + "/";


    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute("/r/", RouteRule.Page, (http, caller) => ServiceAsync(http, caller!)));
        parts.Route(new ServerRoute(PageRoot, RouteRule.StreamToken, (http, _) => PageAsync(http)));
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
        if ((path.Project ?? (request.Headers.TryGetValue("X-API-Project-Id", out var named) ? named.ToString() : null) ?? SessionKeys.ProjectOf(request)) is { } project) caller = Authenticator.Enter(view, caller, project);
        var call = new ApiCall(ApiPath.Parse($"/{ApiPath.Latest}/serviceproxies"), caller, catalogs.Of(caller.Role), view, new UrlSpace(Origin.Of(request), ApiPath.Latest, null));
        if (call.Catalog.FindByWord("serviceproxies") is not { MayCreate: true }) throw new ProblemException(Problem.Forbidden("This needs an environment: /r/projects/ID/SERVICE/, and the right to use its services"));
        var service = ProxyTarget.Service(view, caller.AccountId, path.Service) ?? throw new ProblemException(Problem.NotFound() with { Detail = "The environment has no such service" });
        var ticket = ProxyTarget.Ticket(call, ProxyTarget.Container(view, service), path.Port, null);
        if (access.Find(ticket, Action) is not { } container) throw new ProblemException(Problem.Forbidden());
        var target = (path.Rest.Length == 0 ? "/" : path.Rest) + (SessionKeys.IsInQuery(request, caller) ? ProxiedHeaders.WithoutToken(path.Query) : path.Query);
        if (IsVisit(request)) Redirect(http, PageRoot + tokens.Make(ticket with { Purpose = StreamPaths.ContainerPage }, "host.proxy.jwt.expiration.seconds") + path.Mount + target);
        else if (path.Rest.Length == 0 && request.Method is "GET" or "HEAD" && !http.WebSockets.IsWebSocketRequest) Redirect(http, path.Mount + target); // relative addresses need the slash
        else await ForwardAsync(http, ticket, container, target, path.Mount);
    }

    /// <summary>
    /// A page in a browser, and all that belongs to it: browsers send no cookie with what a page in a sandbox asks for, so that its address carries
    /// the authority, for this container alone. Whoever comes with it is asked for nothing else, and no origin matters.
    /// </summary>
    private async Task PageAsync(HttpContext http)
    {
        var request = http.Request;
        var target = TargetOf(http);
        if (!target.StartsWith(PageRoot, StringComparison.Ordinal) || target.IndexOf('/', PageRoot.Length) is not (> 0 and var at) || ServicePath.Parse(target[at..]) is not { } path) throw new ProblemException(Problem.NotFound());
        if (tokens.Read(target[PageRoot.Length..at], StreamPaths.ContainerPage) is not { } ticket || access.Find(ticket, Action) is not { } container)
        {
            if (!IsVisit(request)) throw new ProblemException(new Problem("Unauthorized", Message: "Failed authentication", Status: 401));
            Redirect(http, target[at..]); // the visitor's own cookie opens it anew
            return;
        }

        var headers = http.Response.Headers;
        (headers.AccessControlAllowOrigin, headers.AccessControlExposeHeaders, headers["Referrer-Policy"]) = ("*", "*", "no-referrer");
        if (request.Method == "OPTIONS" && request.Headers.ContainsKey("Access-Control-Request-Method"))
        {
            (headers.AccessControlAllowMethods, headers.AccessControlAllowHeaders) = (request.Headers.AccessControlRequestMethod, request.Headers.AccessControlRequestHeaders);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await ForwardAsync(http, ticket, container, (path.Rest.Length == 0 ? "/" : path.Rest) + path.Query, target[..at] + path.Mount);
    }

    /// <summary>True where a person opens an address in a browser.</summary>
    private static bool IsVisit(HttpRequest request)
        => request.Method == "GET" && BrowserCookies.IsBrowser(request) && !request.HttpContext.WebSockets.IsWebSocketRequest
            && request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static void Redirect(HttpContext http, string to)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(to);
    }

    private Task ContainerAsync(HttpContext http, string path)
    {
        var (ticket, container) = door.Enter(http, StreamPaths.ContainerProxy, Action);
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
