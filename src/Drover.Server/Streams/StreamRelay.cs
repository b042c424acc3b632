using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Drover.Protocol;

namespace Drover.Server.Streams;

/// <summary>Carries one stream between a client and its host. Each direction reads only what the other side has taken, so that a slow reader slows its own stream and nothing piles up.</summary>
/// <param name="client">The client.</param>
/// <param name="host">The host.</param>
/// <param name="tellsExit">True to tell how a command ended. Clients of 1.6 take a close with any reason for a failure.</param>
/// <param name="time">The clock.</param>
internal sealed class StreamRelay(ClientSocket client, AgentStream host, bool tellsExit, TimeProvider time)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>Breaking the connection loses what a client has not taken yet, so one that rests is waited for as one that reads is; only one that vanished without a word is held so long.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromHours(1);

    /// <summary>Carries bytes both ways.</summary>
    public Task BytesAsync(CancellationToken cancel) => RunAsync(client.SendAsync, isTold: true, cancel);

    /// <summary>Carries lines to the client, a text frame each; what it says is left aside.</summary>
    public Task LinesAsync(CancellationToken cancel)
    {
        var lines = new LineSplitter();
        return RunAsync((bytes, stop) => lines.AddAsync(bytes, line => client.SendTextAsync(line, stop)), isTold: false, cancel);
    }

    private async Task RunAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task> pass, bool isTold, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var up = isTold ? UpAsync(over.Token) : client.UntilClosedAsync(over.Token);
        var down = DownAsync(pass, over.Token);
        if (await Task.WhenAny(up, down).ConfigureAwait(false) == down && down.IsCompletedSuccessfully)
        {
            var last = await down.ConfigureAwait(false);
            await host.DisposeAsync().ConfigureAwait(false);
            using var patience = new CancellationTokenSource(Farewell, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
            await client.CloseAsync(StatusOf(last), ReasonOf(last), either.Token).ConfigureAwait(false);
            await up.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await over.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Until the client closes.</summary>
    private async Task UpAsync(CancellationToken cancel)
    {
        var hears = true;
        while (await client.ReceiveAsync(cancel).ConfigureAwait(false) is { } frame)
        {
            if (!hears) continue;
            try
            {
                if (frame.Note is { } note) await host.TellAsync(note, cancel).ConfigureAwait(false);
                else if (!frame.Bytes.IsEmpty) await host.SendAsync(frame.Bytes, cancel).ConfigureAwait(false);
            }
            catch (Exception ended) when (ended is WebSocketException or ObjectDisposedException)
            {
                hears = false; // the host's last word is on its way to the client
            }
        }
    }

    /// <summary>Until the host has said its last word.</summary>
    private async Task<StreamEnded> DownAsync(Func<ReadOnlyMemory<byte>, CancellationToken, Task> pass, CancellationToken cancel)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await host.ReceiveAsync(buffer, cancel).ConfigureAwait(false) is { } frame)
            {
                if (frame.Note is StreamEnded last) return last;
                if (frame.Count > 0) await pass(buffer.AsMemory(0, frame.Count), cancel).ConfigureAwait(false);
            }
        }
        catch (JsonException)
        {
            return new StreamEnded(Reason: "The host talks rubbish");
        }

        return new StreamEnded(Reason: "The host broke the stream off");
    }

    private static WebSocketCloseStatus StatusOf(StreamEnded last)
        => last.Reason is null ? WebSocketCloseStatus.NormalClosure : WebSocketCloseStatus.InternalServerError;

    /// <summary>1.6 has no word for how a command ended; the reason of the close is free for it.</summary>
    private string? ReasonOf(StreamEnded last)
        => last.Reason ?? (tellsExit && last.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit {code}") : null);
}
