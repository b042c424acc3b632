using System.Buffers.Text;
using System.Net.WebSockets;

namespace Drover.Benchmarks.Streams;

/// <summary>Reads frames of the form "01 NUMBER" and checks that each number follows the one before.</summary>
internal static class NumberedLines
{
    /// <summary>Reads until the other side closes; throws where a line is missing, doubled or out of its order.</summary>
    /// <param name="socket">The stream.</param>
    /// <param name="first">The number of the first line.</param>
    /// <param name="count">Number of lines.</param>
    public static async Task ReadAsync(WebSocket socket, int first, int count)
    {
        var buffer = new byte[4096];
        for (var number = first; ; number++)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                if (number != first + count) throw new InvalidOperationException($"{number - first} lines came instead of {count}");
                return;
            }

            if (!got.EndOfMessage || !Utf8Parser.TryParse(buffer.AsSpan(3, got.Count - 3), out int found, out _) || found != number)
                throw new InvalidOperationException($"line {number} is missing");
        }
    }
}
