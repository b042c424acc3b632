using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Drover.Agent;
using Drover.Agent.Streams;
using Drover.Protocol;

namespace Drover.Simulator.Hosts;

/// <summary>The streams of a <see cref="FakeRuntime"/>: a line a second, a command that repeats what it is told, figures that rise.</summary>
public sealed class FakeStreams(FakeRuntime runtime, TimeProvider time) : IHostStreams
{
    private readonly ConcurrentDictionary<string, int> _sampled = new(StringComparer.Ordinal);

    /// <summary>Takes the place of the lines; null for a line a second.</summary>
    public Func<LogsOrder, IStreamLink, CancellationToken, Task>? OnLogs { get; set; }

    /// <summary>Takes the place of connections into containers; null repeats what they are sent.</summary>
    public Func<ConnectOrder, IStreamLink, CancellationToken, Task>? OnConnect { get; set; }

    /// <summary>True where the engine's socket stays open and silent.</summary>
    public bool HoldsSocket { get; set; }

    /// <summary>How often each container was sampled, by the engine's id; "" for the host.</summary>
    public IReadOnlyDictionary<string, int> Sampled => _sampled;

    public async Task LogsAsync(LogsOrder order, IStreamLink link, CancellationToken cancel)
    {
        await RunningAsync(order.Container, cancel);
        await link.OpenedAsync(cancel);
        if (OnLogs is { } own)
        {
            await own(order, link, cancel);
            return;
        }

        for (var line = 1; ; line++)
        {
            await link.WriteAsync(Line(order, line), cancel);
            if (!order.Follow) return;
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancel);
        }
    }

    /// <summary>`exit N` ends with that code; everything else repeats its input until that ends.</summary>
    public async Task<long?> ExecAsync(ExecOrder order, IStreamLink link, CancellationToken cancel)
    {
        await RunningAsync(order.Container, cancel);
        await link.OpenedAsync(cancel);
        if (order.Command.Items is ["exit", var code]) return long.Parse(code, CultureInfo.InvariantCulture);
        await EchoAsync(link, cancel);
        return 0;
    }

    public async Task DockerSocketAsync(IStreamLink link, CancellationToken cancel)
    {
        await link.OpenedAsync(cancel);
        if (HoldsSocket) await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
        await link.WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel);
    }

    public async Task ConnectAsync(ConnectOrder order, IStreamLink link, CancellationToken cancel)
    {
        await RunningAsync(order.Container, cancel);
        if (OnConnect is { } own)
        {
            await own(order, link, cancel);
            return;
        }

        await link.OpenedAsync(cancel);
        await EchoAsync(link, cancel);
    }

    public async Task<StatsSample?> SampleAsync(string container, CancellationToken cancel)
        => await runtime.InspectAsync(container, cancel) is { State: SeenState.Running } ? Sample(container, 256L << 20) : null;

    public Task<StatsSample> SampleHostAsync(CancellationToken cancel) => Task.FromResult(Sample("", runtime.Behaviour.MemoryBytes) with { Container = null });

    private static async Task EchoAsync(IStreamLink link, CancellationToken cancel)
    {
        while (true)
        {
            var got = await link.Input.ReadAsync(cancel);
            foreach (var segment in got.Buffer) await link.WriteAsync(segment, cancel);
            link.Input.AdvanceTo(got.Buffer.End);
            if (got.IsCompleted) return;
        }
    }

    private byte[] Line(LogsOrder order, int number)
    {
        var stamp = order.Timestamps ? time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff00'Z '", CultureInfo.InvariantCulture) : "";
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"01 {stamp}line {number}\n"));
    }

    private async Task RunningAsync(string container, CancellationToken cancel)
    {
        switch (await runtime.InspectAsync(container, cancel))
        {
            case null:
                throw new RuntimeException(RuntimeFailure.NotFound, $"No such container: {container}");
            case { State: not SeenState.Running }:
                throw new RuntimeException(RuntimeFailure.Conflict, $"Container {container} is not running");
        }
    }

    private StatsSample Sample(string container, long memory)
    {
        long count = _sampled.AddOrUpdate(container, 1, (_, before) => before + 1);
        return new StatsSample(
            container, time.GetUtcNow(), memory, memory / 4,
            new CpuUse(count * 100_000_000, count * 70_000_000, count * 30_000_000, [count * 50_000_000, count * 50_000_000]),
            [new DiskUse(8, 0, count * 4096, count * 8192)],
            [new NetworkUse("eth0", count * 1000, count * 10, 0, 0, count * 2000, count * 20, 0, 0)]);
    }
}
