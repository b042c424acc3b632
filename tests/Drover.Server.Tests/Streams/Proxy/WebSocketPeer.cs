using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Drover.Server.Tests.Streams.Proxy;

/// <summary>Accepts a WebSocket as a container's web server would, from the bare upgrade (RFC 6455 section 4.2).</summary>
internal static class WebSocketPeer
{
    public static async Task<WebSocket> AcceptAsync(HttpContext http, string? protocol = null)
    {
        var key = http.Request.Headers.SecWebSocketKey.ToString();
#pragma warning disable CA5350 // RFC 6455 names this hash
        http.Response.Headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.Connection = "Upgrade";
        if (protocol is not null) http.Response.Headers.SecWebSocketProtocol = protocol;
        var stream = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol });
    }
}
