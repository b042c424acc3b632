using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Drover.Protocol;

namespace Drover.Server.Hosts;

/// <summary>A connection to an agent over a WebSocket, one text frame per message.</summary>
public sealed class WebSocketChannel(WebSocket socket) : IAgentChannel
{
    /// <inheritdoc/>
    public async Task<AgentMessage?> ReceiveAsync(CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.GetMemory(4096), cancel).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) return null;
                buffer.Advance(part.Count);
                if (buffer.WrittenCount > Wire.MaxMessageBytes) return null;
                if (part.EndOfMessage) return Wire.DecodeAgent(buffer.WrittenSpan);
            }
        }
        catch (Exception broken) when (broken is WebSocketException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task SendAsync(ServerMessage message, CancellationToken cancel)
        => await socket.SendAsync(Wire.Encode(message), WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }
}
