using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Drover.Protocol;

namespace Drover.Server.Streams;

/// <summary>The server's end of a stream from a host. One task reads and one writes; whoever disposes it ends the stream.</summary>
/// <param name="socket">What the host dialled.</param>
/// <param name="ended">Called whenever it is disposed.</param>
/// <param name="time">Bounds the farewell.</param>
public sealed class AgentStream(WebSocket socket, Action ended, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly ArrayBufferWriter<byte> _note = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _disposed;

    /// <summary>Done once the stream is over.</summary>
    public Task Over => _over.Task;

    /// <summary>The next bytes or note; null where the host is gone. Throws <see cref="JsonException"/> on rubbish.</summary>
    /// <param name="into">Takes bytes; a note takes as much room as it needs.</param>
    /// <param name="cancel">Breaks the stream.</param>
    public async ValueTask<HostFrame?> ReceiveAsync(Memory<byte> into, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(into, cancel).ConfigureAwait(false);
                if (got.MessageType == WebSocketMessageType.Close) return null;
                if (got.MessageType == WebSocketMessageType.Binary) return new HostFrame(got.Count, null);
                _note.Write(into.Span[..got.Count]);
                if (_note.WrittenCount > Wire.MaxNoteBytes) throw new JsonException("A note is too long");
                if (!got.EndOfMessage) continue;
                var note = Wire.DecodeNote(_note.WrittenSpan);
                _note.ResetWrittenCount();
                return new HostFrame(0, note);
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Sends bytes; waits while the host is slow.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        => await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancel).ConfigureAwait(false);

    public async Task TellAsync(StreamNote note, CancellationToken cancel)
        => await socket.SendAsync(Wire.Encode(note).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        ended();
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }

        _over.TrySetResult();
    }
}

/// <summary>Something that a host sent on a stream: so many bytes, or a note.</summary>
public readonly record struct HostFrame(int Count, StreamNote? Note);
