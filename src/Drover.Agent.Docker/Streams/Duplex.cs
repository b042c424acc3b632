using System.IO.Pipelines;
using System.Net.Sockets;
using Drover.Agent.Streams;

namespace Drover.Agent.Docker.Streams;

/// <summary>Carries bytes both ways between a client and a connection on this host.</summary>
internal static class Duplex
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>Runs until the connection's side ends. That the client has said all ends one direction alone.</summary>
    public static async Task RunAsync(Stream connection, Action endInput, IStreamLink link, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var input = InputAsync(connection, endInput, link.Input, over.Token);
        try
        {
            var buffer = new byte[BufferBytes];
            while (await connection.ReadAsync(buffer, cancel) is > 0 and var count) await link.WriteAsync(buffer.AsMemory(0, count), cancel);
        }
        catch (IOException)
        {
            // the other side hung up
        }
        finally
        {
            await EndAsync(input, link.Input, over);
        }
    }

    /// <summary>Writes all that the client sends until it has said all, or until cancelled.</summary>
    public static async Task InputAsync(Stream connection, Action endInput, PipeReader input, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var got = await input.ReadAsync(cancel);
                foreach (var segment in got.Buffer) await connection.WriteAsync(segment, cancel);
                input.AdvanceTo(got.Buffer.End);
                if (got.IsCanceled) return;
                if (!got.IsCompleted) continue;
                endInput();
                return;
            }
        }
        catch (Exception over) when (over is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the other side wants no more
        }
    }

    /// <summary>Ends the writing side and waits until it has let go.</summary>
    public static async Task EndAsync(Task input, PipeReader reader, CancellationTokenSource over)
    {
        await over.CancelAsync();
        reader.CancelPendingRead();
        await input;
    }
}
