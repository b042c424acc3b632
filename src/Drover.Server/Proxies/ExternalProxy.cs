using System.Net;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Drover.Server.Settings;
using Drover.Server.SignIn.Sessions;
using Drover.Server.Streams;
using Drover.Server.Streams.Proxy;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Drover.Server.Proxies;

/// <summary>`/v1/proxy/URL`: calls the listed servers elsewhere for people's forms (API-27, ui.md section 2.8). It follows no redirect, and gives nothing of its own away.</summary>
public sealed class ExternalProxy(ResourceStore store, IOutsideNetwork network, IdSource ids, TimeProvider time) : IDisposable
{
    /// <summary>A longer answer is cut off.</summary>
    public const long MostBytes = 32L << 20;

    /// <summary>So many calls at a time; more are refused.</summary>
    public const int MostCalls = 64;

    /// <summary>And so many of one user.</summary>
    public const int MostCallsEach = 16;

    /// <summary>What a person types into the address bar is shown as text without rights.</summary>
    private const string Policy = "sandbox; default-src 'none'";

    private const string Prefix = "rancher:";

    /// <summary>From the first byte to the last.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero, // each call asks for the address anew
        MaxResponseHeadersLength = 64,
        ConnectCallback = async (context, cancel) => await network.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancel),
    });

    private readonly Shares _calls = new(MostCalls, MostCallsEach);

    public void Register(ServerParts parts)
    {
        foreach (var version in (string[])["v1", ApiPath.Latest])
        {
            var path = $"/{version}/proxy/";
            parts.Route(new ServerRoute(path, RouteRule.Caller, (http, caller) => AnswerAsync(http, caller!, path)));
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task AnswerAsync(HttpContext http, Caller caller, string path)
    {
        var view = store.Current;
        BrowserCookies.Check(http, view, ids);
        if (!SettingsTable.IsOn(view, "api.proxy.allow")) throw new ProblemException(Problem.NotFound());
        if ((caller.Role & (Roles.Agent | Roles.Register)) != 0) throw new ProblemException(Problem.Forbidden());
        var target = TargetOf(http, caller, path);
        if (!ProxyWhitelist.Allows(SettingsTable.Value(view, ProxyWhitelist.Setting), target)) throw new ProblemException(Problem.Forbidden("The host is not in the setting " + ProxyWhitelist.Setting));
        if (http.Request.Method is not ("GET" or "HEAD" or "POST" or "PUT" or "DELETE")) throw new ProblemException(new Problem("Invalid method", Message: $"The method {http.Request.Method} is not supported", Status: 400));
        if (_calls.Take(caller.AuthenticatedId) is { } taken)
            throw new ProblemException(new Problem("Service Unavailable", Message: "Service Unavailable", Status: 503, Detail: $"{taken} calls are under way"));
        try
        {
            await CallAsync(http, target);
        }
        finally
        {
            _calls.GiveBack(caller.AuthenticatedId);
        }
    }

    private async Task CallAsync(HttpContext http, Uri target)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, patience.Token);
        var own = new OwnHead(http.Response);
        try
        {
            using var request = RequestOf(http.Request, target);
            using var response = await _client.SendAsync(request, over.Token);
            if (response.Content.Headers.ContentLength > MostBytes) throw new IOException("The answer is too long");
            WriteHead(http.Response, response);
            if (http.Request.Method != "HEAD") await CopyAsync(await response.Content.ReadAsStreamAsync(over.Token), http.Response.Body, over.Token);
        }
        catch (HttpRequestException failed) when (failed.InnerException is ProblemException refused)
        {
            throw new ProblemException(refused.Problem);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }

            own.Restore();
            throw new ProblemException(patience.IsCancellationRequested
                ? new Problem("Gateway Timeout", Message: "Gateway Timeout", Status: 504, Detail: "The host did not answer in time")
                : new Problem("Bad Gateway", Message: "Bad Gateway", Status: 502, Detail: "The host does not answer as a web server does"));
        }
    }

    private static Uri TargetOf(HttpContext http, Caller caller, string path)
    {
        var raw = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith(path, StringComparison.OrdinalIgnoreCase)) throw new ProblemException(Problem.NotFound());
        var parts = raw[path.Length..].Split('?', 2);
        var query = parts.Length > 1 ? "?" + parts[1] : "";
        return ProxiedTarget.Parse(parts[0], ProxiedHeaders.WithoutMark(SessionKeys.IsInQuery(http.Request, caller) ? ProxiedHeaders.WithoutToken(query) : query));
    }

    private static HttpRequestMessage RequestOf(HttpRequest from, Uri target)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), target) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var hasBody = from.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (hasBody) request.Content = new StreamContent(from.Body);
        else if (from.Method is "POST" or "PUT") request.Content = new ByteArrayContent([]);
        if (hasBody && from.ContentLength is { } length) request.Content!.Headers.ContentLength = length;
        var restricted = from.Headers["X-API-HEADERS-RESTRICT"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries));
        var kept = restricted.Concat(from.Headers.Connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))).Concat(["Content-Length", "Referer", "Via", "X-Real-IP"]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in from.Headers)
        {
            if (!ProxiedHeaders.GoesIn(name) || kept.Contains(name)) continue;
            var meant = values.Select(value => value?.StartsWith(Prefix, StringComparison.Ordinal) == true ? value[Prefix.Length..] : value).ToArray();
            if (!request.Headers.TryAddWithoutValidation(name, meant)) request.Content?.Headers.TryAddWithoutValidation(name, meant);
        }

        if (from.Headers.TryGetValue("X-API-AUTH-HEADER", out var key)) request.Headers.TryAddWithoutValidation("Authorization", key.ToString());
        return request;
    }

    private static void WriteHead(HttpResponse to, HttpResponseMessage response)
    {
        to.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            foreach (var value in values)
                if (ProxiedHeaders.ComesOut(name, value) || (name.Equals("Location", StringComparison.OrdinalIgnoreCase) && ProxiedHeaders.IsText(value)))
                    to.Headers.Append(name, value);
        to.Headers.ContentSecurityPolicy = Policy;
        if (response.StatusCode is HttpStatusCode.NoContent) to.Headers.ContentLength = null;
    }

    private static async Task CopyAsync(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        for (var total = 0L; await from.ReadAsync(buffer, cancel) is > 0 and var count;)
        {
            if ((total += count) > MostBytes) throw new IOException("The answer is too long");
            await to.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
    }
}
