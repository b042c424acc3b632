using System.Diagnostics;
using System.Runtime;

namespace Drover.Benchmarks.Api;

/// <summary>What repeated calls of one client took, client and server together.</summary>
/// <param name="PerSecond">Calls per second of the clock.</param>
/// <param name="CpuMicroseconds">Processor time of this process per call: what other programs on the machine do not change.</param>
/// <param name="Allocated">Bytes that this process allocated per call.</param>
/// <param name="Median">Milliseconds that half of the calls stayed below.</param>
/// <param name="P99">Milliseconds that 99 of 100 calls stayed below.</param>
internal sealed record Meter(double PerSecond, double CpuMicroseconds, double Allocated, double Median, double P99)
{
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Calls again and again for some seconds, once the compiler has nothing to do any more: on a busy machine it takes more time than the calls.</summary>
    public static async Task<Meter> RunAsync(Func<Task> call, double seconds = 3)
    {
        await WarmUpAsync(call);
        var times = new List<double>();
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (cpu, bytes, watch) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            var start = watch.Elapsed;
            await call();
            times.Add((watch.Elapsed - start).TotalMilliseconds);
        }

        process.Refresh();
        var taken = watch.Elapsed;
        times.Sort();
        return new Meter(
            times.Count / taken.TotalSeconds,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / times.Count,
            (GC.GetTotalAllocatedBytes() - bytes) / (double)times.Count,
            times[times.Count / 2],
            times[times.Count * 99 / 100]);
    }

    private static async Task WarmUpAsync(Func<Task> call)
    {
        var (methods, still) = (JitInfo.GetCompiledMethodCount(), Stopwatch.StartNew());
        for (var warm = Stopwatch.StartNew(); still.Elapsed < Quiet && warm.Elapsed < LongestWarmUp;)
        {
            await call();
            if (JitInfo.GetCompiledMethodCount() is var compiled && compiled == methods) continue;
            methods = compiled;
            still.Restart();
        }
    }

    /// <summary>The rows that compare this with a bare endpoint of the same run.</summary>
    public IEnumerable<Figure> Against(Meter bare, string name, string aim = "")
    {
        const string Baseline = "bare endpoint, same JSON";
        yield return new Figure(name, PerSecond, "1/s", Baseline, bare.PerSecond, aim);
        yield return new Figure($"{name}, processor time of client and server", CpuMicroseconds, "us", Baseline, bare.CpuMicroseconds);
        yield return new Figure($"{name}, allocated by client and server", Allocated, "B", Baseline, bare.Allocated);
        yield return new Figure($"{name}, p50", Median, "ms", Baseline, bare.Median);
        yield return new Figure($"{name}, p99", P99, "ms", Baseline, bare.P99);
    }
}
