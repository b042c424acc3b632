using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Server.Api.SignIn;
using Drover.Server.Api.Subscribe;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Html;
using Drover.Server.Api.OpenApi;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;
using Drover.Server.Settings;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server.Api;

/// <summary>The one way every request goes: own routes, then the API (read, sign in, scope, answer), then the web page.</summary>
public sealed partial class ApiPipeline(ServerParts parts, RoleCatalogs catalogs, ResourceEndpoints endpoints, Authenticator authenticator, WebPage page, SubscribeEndpoint subscribe)
{
    private const string Challenge = "Basic realm=\"Enter API access key and secret key as username and password\"";

    private readonly ILogger _log = parts.Logs.CreateLogger("Drover.Api");
    private readonly ApiBrowser _browser = new(parts.Store, parts.Ids);

    public async Task RunAsync(HttpContext http)
    {
        try
        {
            http.Response.Headers["X-Content-Type-Options"] = "nosniff";
            if (!IsTransform(http.Request) && RouteOf(http.Request.Path) is { } route) await RouteAsync(http, route);
            else if (ApiPath.IsApi(http.Request.Path.Value ?? "/") || IsBareRoot(http.Request)) await ApiAsync(http);
            else await page.AnswerAsync(http);
        }
        catch (ProblemException refused)
        {
            await RefuseAsync(http, refused.Problem);
        }
        catch (ConflictException conflict)
        {
            await RefuseAsync(http, Problem.Conflict() with { Detail = conflict.Message });
        }
        catch (StoreFailedException failed)
        {
            await RefuseAsync(http, new Problem("Service Unavailable", Message: "Service Unavailable", Status: 503, Detail: failed.Message), failed);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(http, new Problem("Bad Request", Message: "Bad Request", Status: bad.StatusCode));
        }
#pragma warning disable CA1031 // The last resort: one request fails with its id in the log, the server goes on.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            await RefuseAsync(http, new Problem("Internal Server Error", Message: "Internal Server Error", Status: 500), defect);
        }
    }

    private ServerRoute? RouteOf(PathString path)
    {
        foreach (var route in parts.Routes)
            if (route.Matches(path))
                return route;
        return null;
    }

    /// <summary>True where a program asks for `/`: 1.6 answers it as v1; a browser gets the page.</summary>
    private static bool IsBareRoot(HttpRequest request)
        => (request.Path.Value is null or "" or "/") && (request.Method is "GET" or "HEAD") && !BrowserCookies.IsBrowser(request) && !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The one script that is asked of a caller, by POST and in every version (api-semantics.md section 18, clients.md section 2).</summary>
    private static bool IsTransform(HttpRequest request)
        => request.Method == "POST" && request.Path.Value is { } path && path.TrimEnd('/').EndsWith("/scripts/transform", StringComparison.OrdinalIgnoreCase) && ApiPath.IsApi(path);

    private async Task RouteAsync(HttpContext http, ServerRoute route)
    {
        Caller? caller = null;
        try
        {
            if (route.Rule == RouteRule.Page && BrowserCookies.IsFromAnotherSite(http.Request)) throw new ProblemException(Problem.Forbidden("A page of another site sent this"));
            if (route.Rule is not (RouteRule.Anyone or RouteRule.StreamToken)) caller = await authenticator.SignInAsync(http.Request, http.RequestAborted);
        }
        catch (ProblemException stranger) when (route.Rule == RouteRule.Page && stranger.Problem.Status == 401)
        {
            http.Response.Redirect("/login?redirectTo=" + Uri.EscapeDataString(http.Request.Path.Value!));
            return;
        }

        if (route.Rule == RouteRule.Agent && caller!.Role != Roles.Agent) throw new ProblemException(Problem.Forbidden());
        if (route.Rule == RouteRule.RegistrationToken && caller!.Role != Roles.Register) throw new ProblemException(Problem.Forbidden());
        await route.Answer(http, caller);
    }

    private async Task ApiAsync(HttpContext http)
    {
        var request = http.Request;
        var path = IsBareRoot(request) ? new ApiPath("v1", null, null, null, null) : ApiPath.Parse(request.Path.Value!);
        if (path.Speaks is not { } version)
            throw new ProblemException(Problem.NotFound() with { Detail = $"This server speaks /v1 and /{ApiPath.Latest}" });
        var isToken = path is { Project: null, Type: { } type } && (type.Equals("token", StringComparison.OrdinalIgnoreCase) || type.Equals("tokens", StringComparison.OrdinalIgnoreCase));
        var urls = new UrlSpace(Origin.Of(request), path.Version, path.Project);
        http.Response.Headers["X-API-Schemas"] = urls.Schemas;
        var view = parts.Store.Current;
        http.Response.Headers["X-Rancher-Version"] = SettingsTable.Value(view, "rancher.server.version");
        var caller = isToken ? authenticator.Stranger() : await authenticator.SignInAsync(request, http.RequestAborted);
        BrowserCookies.Check(http, view, parts.Ids);
        ImmutableArray<KeyValuePair<string, string>> query = request.QueryString.HasValue ? [.. request.Query.Where(q => q.Key != SessionKeys.Cookie).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? "")))] : [];
        if ((path.Project ?? Header(request, "X-API-Project-Id") ?? Parameter(query, "projectId") ?? SessionKeys.ProjectOf(request)) is { } project && !isToken) caller = Authenticator.Enter(view, caller, project);
        WriteCallerHeaders(http.Response, caller);
        var call = new ApiCall(path, caller, catalogs.Of(caller.Role, version), view, urls)
        {
            Method = MethodOf(request, query),
            Query = query,
            RequestUrl = urls.Origin + request.Path.Value,
            WantsOwn = Parameter(query, "_drover") == "1" || Header(request, "X-Drover") == "1",
            WantsActionLinks = Header(request, "X-API-Action-Links") is not null,
        };
        if (call.Path.Type?.Equals("subscribe", StringComparison.OrdinalIgnoreCase) == true)
        {
            await subscribe.RunAsync(call, http, () => StandingAsync(http, caller));
            return;
        }

        if (OpenApiEndpoint.Is(call.Path))
        {
            await OpenApiEndpoint.SendAsync(call, http);
            return;
        }

        if (PublishEndpoint.Is(call.Path))
        {
            await SendAsync(http, await PublishEndpoint.AnswerAsync(call, request, http.RequestAborted));
            return;
        }

        if (IsTransform(request))
        {
            await SendAsync(http, await endpoints.TransformAsync(call, request, http.RequestAborted));
            return;
        }

        var answer = await parts.Audit.WatchAsync(call, http, () => endpoints.AnswerAsync(call, request, http.RequestAborted));
        await SendAsync(http, answer);
    }

    private Task SendAsync(HttpContext http, Answer answer) => ApiBrowser.Wants(http.Request) ? _browser.SendAsync(http, answer) : answer.SendAsync(http);

    /// <summary>Signs in anew what a stream was opened with: the same caller with the rights of now; null where it is let in no more, or as something else.</summary>
    private async Task<Caller?> StandingAsync(HttpContext http, Caller then)
    {
        try
        {
            var now = await authenticator.SignInAsync(http.Request, http.RequestAborted);
            if (now.AccountId != then.AccountId) now = Authenticator.Enter(parts.Store.Current, now, ResourceId.Format(Catalog.All.FindKind("account")!, then.AccountId));
            return now.Role == then.Role && now.AccountId == then.AccountId ? now : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>`_method` turns a POST into another method. It does not turn a GET into one: those must stay safe to follow.</summary>
    private static string MethodOf(HttpRequest request, ImmutableArray<KeyValuePair<string, string>> query)
        => request.Method == "POST" && Parameter(query, "_method") is { } other ? other.ToUpperInvariant()
            : request.Method == "HEAD" ? "GET" : request.Method;

    private static void WriteCallerHeaders(HttpResponse response, Caller caller)
    {
        var account = Catalog.All.FindKind("account")!;
        response.Headers["X-API-ACCOUNT-ID"] = ResourceId.Format(account, caller.AccountId);
        response.Headers["X-API-USER-ID"] = ResourceId.Format(account, caller.AuthenticatedId);
        response.Headers["X-API-ACCOUNT-KIND"] = caller.AuthenticatedKind;
        if (caller.AuthenticatedName is { } name && name.All(c => c is > ' ' and < (char)127)) response.Headers["X-API-ACCOUNT-NAME"] = name;
    }

    private async Task RefuseAsync(HttpContext http, Problem problem, Exception? defect = null)
    {
        var id = parts.Ids.NewUuid();
        if (defect is not null) Defect(_log, id, Loggable(http.Request.Path.Value), defect);
        if (http.Response.HasStarted) return;
        if (problem.Status == 401 && !http.Request.Headers.ContainsKey("X-API-No-Challenge") && !http.WebSockets.IsWebSocketRequest)
            http.Response.Headers.WWWAuthenticate = Challenge;
        await SendAsync(http, Answer.Json(json => ErrorWriter.Write(json, id, problem), problem.Status));
    }

    /// <summary>A path without what may be a token: the last segment below `scripts`, and the first of a container's page.</summary>
    private static string Loggable(string? path)
        => path?.StartsWith("/container-page/", StringComparison.OrdinalIgnoreCase) == true ? "/container-page/..."
            : path is null ? "" : path.IndexOf("/scripts/", StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? path[..at] + "/scripts/..." : path;

    private static string? Header(HttpRequest request, string name)
        => request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    private static string? Parameter(ImmutableArray<KeyValuePair<string, string>> query, string name)
        => query.FirstOrDefault(q => q.Key == name).Value;

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {Path} failed, error {Id}")]
    private static partial void Defect(ILogger log, Guid id, string path, Exception defect);
}
