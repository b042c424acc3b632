using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Drover.Client.Streams;

/// <summary>A command that runs in a container. One task may read while another writes.</summary>
public sealed class ExecStream : IAsyncDisposable
{
    /// <summary>The contract's subprotocol for plain bytes.</summary>
    internal const string Protocol = "binary";

    private const string ExitWord = "exit ";

    private readonly WebSocket _socket;

    private readonly TimeProvider _time;

    internal ExecStream(WebSocket socket, TimeProvider time) => (_socket, _time) = (socket, time);

    /// <summary>How the command ended, once <see cref="ReadAsync"/> has returned 0; null where the server does not know.</summary>
    public int? ExitCode => _socket.CloseStatusDescription is { } said && said.StartsWith(ExitWord, StringComparison.Ordinal)
        && int.TryParse(said.AsSpan(ExitWord.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>What the command writes, standard output and standard error in one; 0 at its end. Throws <see cref="StreamException"/> where it was broken off.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            if (part.MessageType != WebSocketMessageType.Close)
            {
                if (part.Count > 0) return part.Count;
                continue;
            }

            return _socket.CloseStatus is null or WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty
                ? 0
                : throw new StreamException(_socket.CloseStatusDescription ?? "the server broke the stream off");
        }
    }

    /// <summary>Gives the command input; waits while it does not read.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellation);

    /// <summary>Says that there is no more input.</summary>
    public ValueTask EndInputAsync(CancellationToken cancellation = default) => SayAsync(":endInput:", cancellation);

    /// <summary>Tells the size of the terminal, in characters.</summary>
    public ValueTask ResizeAsync(int columns, int rows, CancellationToken cancellation = default) =>
        SayAsync(string.Create(CultureInfo.InvariantCulture, $":resizeTTY:{columns},{rows}"), cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the server has gone first
        }

        _socket.Dispose();
    }

    private ValueTask SayAsync(string word, CancellationToken cancellation) =>
        _socket.SendAsync(Encoding.ASCII.GetBytes(word).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
}
