using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Drover.Protocol;

namespace Drover.Agent.Streams;

/// <summary>The host's end of a stream over a WebSocket. One task reads it, whoever serves the stream writes it.</summary>
internal sealed class WebSocketLink(WebSocket socket) : IStreamLink
{
    /// <summary>So many bytes of the client wait at most for whoever serves the stream.</summary>
    private const int WaitingBytes = 256 * 1024;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Pipe _input = new(new PipeOptions(pauseWriterThreshold: WaitingBytes, resumeWriterThreshold: WaitingBytes / 2, useSynchronizationContext: false));
    private readonly Channel<StreamNote> _notes = Channel.CreateBounded<StreamNote>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });

    private bool _inputEnded;

    public PipeReader Input => _input.Reader;

    public ChannelReader<StreamNote> Notes => _notes.Reader;

    /// <summary>True once the server has been told that the stream works.</summary>
    public bool IsOpened { get; private set; }

    public async Task OpenedAsync(CancellationToken cancel)
    {
        await TellAsync(new StreamOpened(), cancel);
        IsOpened = true;
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancel).AsTask();

    public Task TellAsync(StreamNote note, CancellationToken cancel) => socket.SendAsync(Wire.Encode(note).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel).AsTask();

    /// <summary>Reads until the server closes or the connection breaks.</summary>
    public async Task ReadAsync()
    {
        try
        {
            var part = new byte[16 * 1024];
            var note = new ArrayBufferWriter<byte>();
            while (await socket.ReceiveAsync(part.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } got)
            {
                if (got.MessageType == WebSocketMessageType.Text) await TakeNoteAsync(note, part.AsMemory(0, got.Count), got.EndOfMessage);
                else if (!_inputEnded) await _input.Writer.WriteAsync(part.AsMemory(0, got.Count));
            }
        }
        catch (Exception broken) when (broken is WebSocketException or ObjectDisposedException or JsonException or NotSupportedException)
        {
            // The server went without a word, or talks rubbish: for whoever serves the stream it is closed either way.
        }
        finally
        {
            _notes.Writer.TryComplete();
            await EndInputAsync();
        }
    }

    /// <summary>Says the last word behind all that was written and waits for the server to hang up too: as long as its reader takes, and a little once <paramref name="cancel"/> says that nobody waits.</summary>
    public async Task CloseAsync(StreamNote last, Task reading, TimeProvider time, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var hurry = cancel.Register(() => patience.CancelAfter(Farewell));
        try
        {
            await TellAsync(last, patience.Token);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            await _input.Reader.CompleteAsync();
            await reading.WaitAsync(patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }

    private async Task TakeNoteAsync(ArrayBufferWriter<byte> note, ReadOnlyMemory<byte> part, bool isLast)
    {
        note.Write(part.Span);
        if (note.WrittenCount > Wire.MaxNoteBytes) throw new JsonException("A note is too long");
        if (!isLast) return;
        var said = Wire.DecodeNote(note.WrittenSpan);
        note.ResetWrittenCount();
        if (said is InputEnded) await EndInputAsync();
        else _notes.Writer.TryWrite(said);
    }

    private async Task EndInputAsync()
    {
        if (_inputEnded) return;
        _inputEnded = true;
        await _input.Writer.CompleteAsync();
    }
}
