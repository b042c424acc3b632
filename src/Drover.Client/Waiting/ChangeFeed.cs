using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Drover.Client.Connection;

namespace Drover.Client.Waiting;

/// <summary>Reads the API's stream of changes.</summary>
internal static class ChangeFeed
{
    /// <summary>The server pings every 5 seconds; a silence of this length is a dead connection.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    public static async IAsyncEnumerable<Change> ReadAsync(
        ApiConnection connection, string url, [EnumeratorCancellation] CancellationToken cancellation, Action? onOpen = null)
    {
        using var socket = await connection.OpenSocketAsync($"{url}/subscribe?eventNames=resource.change", cancellation).ConfigureAwait(false);
        onOpen?.Invoke();
        using var frame = new MemoryStream();
        while (await ReceiveAsync(socket, frame, connection.Time, cancellation).ConfigureAwait(false))
            if (Parse(frame.GetBuffer().AsMemory(0, (int)frame.Length)) is { } change)
                yield return change;
    }

    private static async Task<bool> ReceiveAsync(WebSocket socket, MemoryStream frame, TimeProvider time, CancellationToken cancellation)
    {
        frame.SetLength(0);
        var buffer = new byte[16 * 1024];
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), either.Token).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close) return false;
                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage) return true;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, "the stream of changes fell silent");
        }
    }

    private static Change? Parse(ReadOnlyMemory<byte> frame)
    {
        using var json = JsonDocument.Parse(frame);
        var root = json.RootElement;
        if (root.GetProperty("name").GetString() != "resource.change") return null;
        if (!root.GetProperty("data").TryGetProperty("resource", out var resource)) return null;
        return new Change(root.GetProperty("resourceType").GetString() ?? "", root.GetProperty("resourceId").GetString() ?? "", resource.Clone());
    }
}
