using System.Buffers;
using System.Globalization;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Streams;
using Drover.Protocol;

namespace Drover.Agent.Docker.Streams;

/// <summary>What a container wrote, from the engine, and what it writes from then on: also behind its next start.</summary>
internal sealed class DockerLogs(EngineClient engine, TimeProvider time)
{
    private const int BufferBytes = 64 * 1024;

    public async Task RunAsync(LogsOrder order, IStreamLink link, CancellationToken cancel)
    {
        var first = time.GetUtcNow();
        var (began, tail, since, last) = (first, order.Lines, order.Since, (string?)null);
        for (Func<CancellationToken, Task>? opened = link.OpenedAsync; ; opened = null)
        {
            last = await OnceAsync(order, tail, since, last, opened, link, cancel);
            if (!order.Follow || !order.AcrossRestarts || !await StartsAgainAsync(order.Container, began, cancel)) return;
            (began, tail, since) = (time.GetUtcNow(), null, last is null ? first : Parse(last));
        }
    }

    private async Task<string?> OnceAsync(
        LogsOrder order, long? tail, DateTimeOffset? since, string? after, Func<CancellationToken, Task>? opened, IStreamLink link, CancellationToken cancel)
    {
        var (terminal, bytes) = await RuntimeFailures.TranslatedAsync(async () => (
            (await engine.Containers.InspectAsync(order.Container, cancellation: cancel)).Config?.Tty == true,
            await engine.Containers.LogsAsync(order.Container, order.Follow, tail, since, cancel)));
        await using var open = bytes;
        if (opened is not null) await opened(cancel);
        var lines = new LogLines(order.Timestamps, after);
        var output = new ArrayBufferWriter<byte>(BufferBytes);
        await EngineOutput.PumpAsync(bytes.Body, isFramed: !terminal, BufferBytes, piece => lines.Add(piece.Which, piece.Bytes, piece.EndsFrame, output), PassAsync, cancel);
        lines.Flush(output);
        await PassAsync();
        return lines.Last;

        async Task PassAsync()
        {
            if (output.WrittenCount == 0) return;
            await link.WriteAsync(output.WrittenMemory, cancel);
            output.ResetWrittenCount();
        }
    }

    /// <summary>Waits for its next start; false where it is gone for good. A start that came in between is in the engine's memory.</summary>
    private async Task<bool> StartsAgainAsync(string container, DateTimeOffset since, CancellationToken cancel)
    {
        var nano = (since - DateTimeOffset.UnixEpoch).Ticks * 100;
        var filters = EngineFilters.None.With("type", "container").With("container", container).With("event", "start").With("event", "destroy");
        await using var events = engine.Events.StreamAsync(nano, filters: filters, cancellation: cancel).GetAsyncEnumerator(cancel);
        return await RuntimeFailures.TranslatedAsync(async () => await events.MoveNextAsync() && events.Current.Action == "start");
    }

    private static DateTimeOffset? Parse(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp) ? stamp.AddTicks(-1) : null;
}
