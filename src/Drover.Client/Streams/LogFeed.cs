using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Drover.Client.Streams;

/// <summary>Reads the frames of a container's lines.</summary>
internal static class LogFeed
{
    /// <summary>Ends when the server closes the stream; throws <see cref="StreamException"/> with its reason where it was broken off.</summary>
    public static async IAsyncEnumerable<LogLine> ReadAsync(WebSocket socket, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var open = socket;
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) break;
            frame.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            yield return LogLine.Read(Encoding.UTF8.GetString(frame.GetBuffer().AsSpan(0, (int)frame.Length)));
            frame.SetLength(0);
        }

        if (socket.CloseStatus is not (null or WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty))
            throw new StreamException(socket.CloseStatusDescription ?? "the server broke the stream off");
    }
}
