using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Drover.Server.Streams.Proxy;

/// <summary>
/// Carries one request over a connection of its own into a container, and the answer back. Bodies pass through as they come: each side reads only
/// what the other has taken.
/// </summary>
internal sealed class ContainerHttp(StreamDoor door, StreamBroker broker)
{
    private const string Action = "proxy";

    /// <param name="http">The request; its authority to be here is in the ticket.</param>
    /// <param name="ticket">What the caller may reach; it is put out when it may no longer.</param>
    /// <param name="hostId">Where the container is.</param>
    /// <param name="target">The container's own path and query, not decoded.</param>
    /// <param name="mount">What stands before that path on the client's side; null where answers stand alone: then no cookie passes.</param>
    public async Task RunAsync(HttpContext http, StreamTicket ticket, long hostId, string target, string? mount)
    {
        if (!Uri.TryCreate(Origin.Of(http.Request), UriKind.Absolute, out var origin)) throw new ProblemException(new Problem("Bad Request", Message: "Bad Request", Status: 400, Detail: "The request says of no server that it was sent to it"));
        Unbind(http);
        await using var host = await broker.OpenAsync(hostId, ticket.UserId, id => new OpenStream(id, Connect: ticket.Proxy!.Order), http.RequestAborted);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var watching = door.UntilLostAsync(ticket, Action, over);
        var own = new OwnHead(http.Response);
        var failed = false;
        try
        {
            await ExchangeAsync(http, host, $"{ticket.Proxy!.Scheme}://container{target}", origin, mount, over.Token);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or WebSocketException or OperationCanceledException or BadHttpRequestException)
        {
            failed = true;
        }
        finally
        {
            await over.CancelAsync();
        }

        var isLost = await watching;
        if (!failed) return;
        if (http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
        {
            http.Abort();
            return;
        }

        own.Restore();
        throw new ProblemException(isLost ? Problem.Forbidden("Access ended") : new Problem("Bad Gateway", Message: "Bad Gateway", Status: 502, Detail: "The container does not answer as a web server does"));
    }

    /// <summary>The server's own bounds are for what it reads into memory; here a body may be large and its reader slow.</summary>
    private static void Unbind(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } up) up.MinDataRate = null;
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } down) down.MinDataRate = null;
    }

    private static async Task ExchangeAsync(HttpContext http, AgentStream host, string target, Uri origin, string? mount, CancellationToken cancel)
    {
        using var handler = Handler(new HostConnection(host));
        using var client = new HttpMessageInvoker(handler);
        using var request = Request(http, target, origin, mount);
        using var response = await client.SendAsync(request, cancel);
        Answer(http, response, origin, mount);
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            await UpgradeAsync(http, response, cancel);
            return;
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        if (http.Request.Method != "HEAD" && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified)) await body.CopyToAsync(http.Response.Body, cancel);
    }

    private static SocketsHttpHandler Handler(HostConnection connection)
    {
        var isUsed = 0;
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ConnectCallback = (_, _) => Interlocked.Exchange(ref isUsed, 1) == 0 ? ValueTask.FromResult<Stream>(connection) : throw new IOException("The container hung up"),
#pragma warning disable CA5359 // A container's certificate names no address that it can be checked against; the way to it is the host's own session, and ends in the container.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        };
    }

    private static HttpRequestMessage Request(HttpContext http, string target, Uri origin, string? mount)
    {
        var from = http.Request;
        var raw = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(target, raw)) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;
        if (hasBody) request.Content = new StreamContent(from.Body);
        else if (from.ContentLength == 0) request.Content = new ByteArrayContent([]);
        var named = from.Headers.Connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in from.Headers)
            if (ProxiedHeaders.GoesIn(name) && !named.Contains(name) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        if (hasBody && from.ContentLength is null) request.Headers.TransferEncodingChunked = true;
        if (hasBody && from.Headers.Expect.ToString().Equals("100-continue", StringComparison.OrdinalIgnoreCase)) request.Headers.ExpectContinue = true;
        if (named.Contains("Upgrade") && from.Headers.TryGetValue("Upgrade", out var protocol))
        {
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", protocol.ToString());
        }

        if (mount is not null && ProxiedHeaders.CookiesIn(from.Headers.Cookie) is { } cookies) request.Headers.TryAddWithoutValidation("Cookie", cookies);
        request.Headers.Host = from.Host.Value;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", string.Join(", ", [.. from.Headers["X-Forwarded-For"].Select(one => one ?? ""), http.Connection.RemoteIpAddress?.ToString() ?? "unknown"]));
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", origin.Scheme);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", origin.Authority);
        if (mount is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", mount);
        return request;
    }

    private static void Answer(HttpContext http, HttpResponseMessage response, Uri origin, string? mount)
    {
        var to = http.Response;
        to.StatusCode = (int)response.StatusCode;
        var isSecure = origin.Scheme == "https";
        var isUpgrade = response.StatusCode == HttpStatusCode.SwitchingProtocols;
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            foreach (var value in values)
            {
                if (ProxiedHeaders.ComesOut(name, value)) to.Headers.Append(name, value);
                else if (isUpgrade && name.Equals("Upgrade", StringComparison.OrdinalIgnoreCase)) to.Headers.Upgrade = value;
                else if (name.Equals("Content-Security-Policy", StringComparison.OrdinalIgnoreCase) && ProxiedHeaders.IsText(value)) to.Headers.Append(name, value);
                else if (name.Equals("Location", StringComparison.OrdinalIgnoreCase) && ProxiedHeaders.IsText(value)) to.Headers.Location = ProxiedHeaders.LocationOut(value, mount, http.Request.Host.Value ?? "");
                else if (mount is not null && name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) && ProxiedHeaders.CookieOut(value, mount, isSecure) is { } cookie) to.Headers.Append(name, cookie);
            }

        to.Headers.Append("Content-Security-Policy", ProxiedHeaders.Sandbox);
        if (isUpgrade) to.Headers.Connection = "Upgrade";
        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.SwitchingProtocols) to.Headers.ContentLength = null;
    }

    /// <summary>Carries bytes both ways until one side ends.</summary>
    private static async Task UpgradeAsync(HttpContext http, HttpResponseMessage response, CancellationToken cancel)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade) throw new IOException("The container upgraded what was no request for it");
        await using var client = await upgrade.UpgradeAsync();
        await using var container = await response.Content.ReadAsStreamAsync(cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var up = client.CopyToAsync(container, over.Token);
        var down = container.CopyToAsync(client, over.Token);
        await Task.WhenAny(up, down);
        await over.CancelAsync();
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
