using System.Buffers;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Streams;
using Drover.Protocol;

namespace Drover.Agent.Docker.Streams;

/// <summary>A command in a container, with or without a terminal.</summary>
internal sealed class DockerExec(EngineClient engine, TimeProvider time)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>End of transmission: what a terminal's reader takes for the end of its input.</summary>
    private static readonly byte[] HangUp = [4];

    public async Task<long?> RunAsync(ExecOrder order, IStreamLink link, CancellationToken cancel)
    {
        var (id, connection) = await RuntimeFailures.TranslatedAsync(() => StartAsync(order, cancel));
        await using var open = connection;
        await link.OpenedAsync(cancel);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var input = order.Input ? Duplex.InputAsync(connection.Stream, connection.EndInput, link.Input, over.Token) : Task.CompletedTask;
        var sizes = ResizeAsync(id, link, over.Token);
        try
        {
            await PassOutputAsync(order, connection.Stream, link, cancel);
        }
        catch (OperationCanceledException) when (order is { Terminal: true, Input: true })
        {
            await HangUpAsync(connection.Stream);
            throw;
        }
        finally
        {
            await Duplex.EndAsync(input, link.Input, over);
            await sizes;
        }

        return await ExitCodeAsync(id, cancel);
    }

    private async Task<(string Id, HijackedConnection Connection)> StartAsync(ExecOrder order, CancellationToken cancel)
    {
        var request = new CreateExecRequest([.. order.Command], order.Input, order.Output, order.Output, order.Terminal);
        var created = await engine.Execs.CreateAsync(order.Container, request, cancel);
        return (created.Id, await engine.Execs.StartAsync(created.Id, order.Terminal, cancel));
    }

    private static async Task PassOutputAsync(ExecOrder order, Stream source, IStreamLink link, CancellationToken cancel)
    {
        var output = new ArrayBufferWriter<byte>(BufferBytes);
        await EngineOutput.PumpAsync(source, isFramed: !order.Terminal, BufferBytes, Take, PassAsync, cancel);

        void Take(StandardPiece piece)
        {
            foreach (var segment in piece.Bytes) output.Write(segment.Span);
        }

        async Task PassAsync()
        {
            if (output.WrittenCount == 0) return;
            await link.WriteAsync(output.WrittenMemory, cancel);
            output.ResetWrittenCount();
        }
    }

    private async Task ResizeAsync(string id, IStreamLink link, CancellationToken cancel)
    {
        try
        {
            await foreach (var note in link.Notes.ReadAllAsync(cancel))
                if (note is TerminalSize { Columns: > 0, Rows: > 0 } size)
                    await TryResizeAsync(id, size, cancel);
        }
        catch (OperationCanceledException)
        {
            // the command has ended
        }
    }

    /// <summary>A size that comes too early or too late is no harm.</summary>
    private async Task TryResizeAsync(string id, TerminalSize size, CancellationToken cancel)
    {
        try
        {
            await engine.Execs.ResizeAsync(id, size.Rows, size.Columns, cancel);
        }
        catch (EngineException)
        {
        }
    }

    private async Task HangUpAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        try
        {
            await stream.WriteAsync(HangUp, patience.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // then it has ended
        }
    }

    /// <summary>The output ends a moment before the engine knows how the command ended.</summary>
    private Task<long?> ExitCodeAsync(string id, CancellationToken cancel) => RuntimeFailures.TranslatedAsync(async () =>
    {
        for (var wait = TimeSpan.FromMilliseconds(5); ; wait *= 2)
        {
            var seen = await engine.Execs.InspectAsync(id, cancel);
            if (!seen.Running || wait > TimeSpan.FromSeconds(1)) return seen.Running ? null : seen.ExitCode;
            await Task.Delay(wait, time, cancel);
        }
    });
}
