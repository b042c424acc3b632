using System.Net;
using System.Net.WebSockets;
using System.Text;
using Drover.Agent.Streams;
using Drover.Protocol;

namespace Drover.Agent.Sessions;

/// <summary>Sessions over a WebSocket, through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name.</summary>
/// <param name="server">The server's address.</param>
/// <param name="keys">The host's credentials.</param>
/// <param name="http">Shared by all sessions of a process; brings proxy and TLS settings.</param>
/// <param name="before">Runs before each try; null for nothing.</param>
public sealed class WebSocketTransport(Uri server, Registered keys, HttpMessageInvoker http, Func<CancellationToken, Task>? before = null) : ISessionTransport, IStreamTransport
{
    /// <summary>A peer that does not answer a ping within this time is gone.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public async Task<ISessionConnection> ConnectAsync(CancellationToken cancel)
    {
        if (before is not null) await before(cancel);
        return new WebSocketConnection(await OpenAsync(Wire.SessionPath, KeepAlive, cancel));
    }

    /// <inheritdoc/>
    public async Task<WebSocket> DialAsync(string streamId, CancellationToken cancel)
        => await OpenAsync(Wire.StreamPath + Uri.EscapeDataString(streamId), Timeout.InfiniteTimeSpan, cancel); // a stream whose reader is slow answers no ping and is sound all the same

    private async Task<ClientWebSocket> OpenAsync(string path, TimeSpan pongWithin, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = pongWithin;
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"));
            socket.Options.SetRequestHeader("Authorization", $"Basic {basic}");
            await socket.ConnectAsync(AddressOf(server, path), http, cancel);
            return socket;
        }
        catch (WebSocketException failure)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? new SessionException("The server does not know this host's keys: it was removed there, or never joined", unauthorized: true, failure)
                : new SessionException($"The server at {server} cannot be reached: {(status == 0 ? failure.InnerException?.Message ?? failure.Message : $"it answered {(int)status}")}", inner: failure);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The session's address below a server's.</summary>
    public static Uri AddressOf(Uri server) => AddressOf(server, Wire.SessionPath);

    private static Uri AddressOf(Uri server, string path)
        => new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = server.AbsolutePath.TrimEnd('/') + path }.Uri;

    private sealed class WebSocketConnection(ClientWebSocket socket) : ISessionConnection
    {
        private readonly byte[] _buffer = new byte[16 * 1024];

        public async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel)
        {
            try
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancel);
            }
            catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException)
            {
                throw new SessionException($"The session broke: {failure.Message}", inner: failure);
            }
        }

        public async Task<byte[]?> ReceiveAsync(CancellationToken cancel)
        {
            using var frame = new MemoryStream();
            try
            {
                while (true)
                {
                    var part = await socket.ReceiveAsync(_buffer.AsMemory(), cancel);
                    if (part.MessageType == WebSocketMessageType.Close) return null;
                    if (frame.Length + part.Count > Wire.MaxMessageBytes) throw new SessionException($"The server sent a message of more than {Wire.MaxMessageBytes >> 20} MB");
                    frame.Write(_buffer, 0, part.Count);
                    if (part.EndOfMessage) return frame.ToArray();
                }
            }
            catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException)
            {
                throw new SessionException($"The session broke: {failure.Message}", inner: failure);
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            }
            catch (Exception failure) when (failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // it is gone already
            }

            socket.Dispose();
        }
    }
}
