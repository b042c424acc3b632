using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Drover.Protocol;

namespace Drover.Server.Streams;

/// <summary>A client's WebSocket in the contract's frames (api-semantics.md section 17): bytes are base64 in text frames, or plain in binary ones where the client offered the subprotocol "binary".</summary>
/// <param name="socket">The connection.</param>
/// <param name="isBinary">True for plain bytes.</param>
public sealed class ClientSocket(WebSocket socket, bool isBinary)
{
    /// <summary>The subprotocol of plain bytes.</summary>
    public const string Binary = "binary";

    /// <summary>Drover's own frame: the client has said all, and still listens.</summary>
    public const string EndInput = ":endInput:";

    /// <summary>A larger frame of a client ends its stream.</summary>
    private const int LargestFrame = 1024 * 1024;

    private const string Resize = ":resizeTTY:";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly ArrayBufferWriter<byte> _in = new();
    private byte[] _out = [];

    /// <summary>Sends bytes; waits while the client is slow.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        if (isBinary)
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancel).ConfigureAwait(false);
            return;
        }

        var length = Base64.GetMaxEncodedToUtf8Length(bytes.Length);
        if (_out.Length < length) _out = new byte[length];
        Base64.EncodeToUtf8(bytes.Span, _out, out _, out var written);
        await SendTextAsync(_out.AsMemory(0, written), cancel).ConfigureAwait(false);
    }

    /// <summary>Sends a text frame as it is.</summary>
    public async Task SendTextAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
        => await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);

    /// <summary>The next frame; null where the client has closed or is gone. What is neither base64 nor a known word ends the stream too.</summary>
    public async Task<ClientFrame?> ReceiveAsync(CancellationToken cancel)
    {
        try
        {
            _in.ResetWrittenCount();
            while (true)
            {
                var got = await socket.ReceiveAsync(_in.GetMemory(4096), cancel).ConfigureAwait(false);
                if (got.MessageType == WebSocketMessageType.Close) return null;
                _in.Advance(got.Count);
                if (_in.WrittenCount > LargestFrame) return null;
                if (got.EndOfMessage) return Read(_in, got.MessageType == WebSocketMessageType.Binary);
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Reads what is of no interest until the client closes or is gone.</summary>
    public async Task UntilClosedAsync(CancellationToken cancel)
    {
        try
        {
            while ((await socket.ReceiveAsync(_in.GetMemory(1024), cancel).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // it is gone
        }
    }

    /// <summary>Says why it ends, to a client that has a moment to take it. The other side's close is waited for by whoever reads.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string? reason, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Farewell, time);
        await CloseAsync(status, reason, patience.Token).ConfigureAwait(false);
    }

    /// <summary>Says why it ends, behind all that was sent before; breaks the connection where <paramref name="cancel"/> comes first.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string? reason, CancellationToken cancel)
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(status, Short(reason), cancel).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort();
        }
    }

    private static ClientFrame? Read(ArrayBufferWriter<byte> frame, bool isPlain)
    {
        var bytes = frame.WrittenMemory;
        if (isPlain) return new ClientFrame(bytes, null);
        if (bytes.Length > 0 && bytes.Span[0] == (byte)':') return Encoding.UTF8.GetString(bytes.Span) is var word && NoteOf(word) is { } note ? new ClientFrame(default, note) : new ClientFrame(default, null);
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(bytes.Length)];
        return Base64.DecodeFromUtf8(bytes.Span, decoded, out _, out var written) == OperationStatus.Done ? new ClientFrame(decoded.AsMemory(0, written), null) : null;
    }

    private static StreamNote? NoteOf(string word)
    {
        if (word == EndInput) return new InputEnded();
        if (!word.StartsWith(Resize, StringComparison.Ordinal) || word[Resize.Length..].Split(',') is not [var columns, var rows]) return null;
        return Size(columns) is { } c && Size(rows) is { } r ? new TerminalSize(c, r) : null;
    }

    private static int? Size(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 10_000 ? size : null;

    /// <summary>A close frame carries at most 123 bytes (RFC 6455 section 5.5).</summary>
    private static string? Short(string? reason)
    {
        if (reason is null || Encoding.UTF8.GetByteCount(reason) <= 123) return reason;
        var kept = reason[..Math.Min(reason.Length, 120)];
        while (Encoding.UTF8.GetByteCount(kept) > 120) kept = kept[..^1];
        return kept + "...";
    }
}

/// <summary>What a client sent: bytes, or a note; neither where it said something unknown.</summary>
public readonly record struct ClientFrame(ReadOnlyMemory<byte> Bytes, StreamNote? Note);
