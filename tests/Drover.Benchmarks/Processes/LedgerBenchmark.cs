using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server.Processes;
using Drover.Store;

namespace Drover.Benchmarks.Processes;

/// <summary>What the ledger of processes adds to a commit: a million containers that are created, placed, reported twice and run.</summary>
internal static class LedgerBenchmark
{
    private const int Containers = 1_000_000;
    private const int PerCommit = 500;

    public static Task<IReadOnlyList<Figure>> RunAsync()
    {
        var (nothing, _) = Measure(_ => { });
        using var ledger = new ProcessLedger(TimeProvider.System);
        var (noting, bytes) = Measure(ledger.Note);
        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new("changes built and noted, processor time of each", noting, "ns", "built alone", nothing),
            new("ledger, bytes allocated per container", bytes, "B", "a container in the store", 700),
        ]);
    }

    private static (double Nanoseconds, double Bytes) Measure(Action<Commit> note)
    {
        var kind = Catalog.All.Of<Container>();
        var start = Environment.CpuUsage.TotalTime;
        long bytes = 0, changes = 0;
        foreach (var from in Enumerable.Range(0, Containers / PerCommit).Select(round => round * PerCommit))
        {
            var states = Enumerable.Range(from + 1, PerCommit).Select(id => States(kind, id)).ToList();
            for (var step = 0; step < states[0].Length; step++)
            {
                var commit = new Commit(from, [.. states.Select(one => new Change(step == 0 ? null : one[step - 1], one[step]))]);
                var before = GC.GetAllocatedBytesForCurrentThread();
                note(commit);
                bytes += GC.GetAllocatedBytesForCurrentThread() - before;
                changes += PerCommit;
            }
        }

        return ((Environment.CpuUsage.TotalTime - start).TotalNanoseconds / changes, (double)bytes / Containers);
    }

    private static ImmutableArray<Entry> States(Kind kind, long id)
    {
        var wanted = new Container { Id = id, AccountId = 5, State = "creating", Generation = 1, Running = true };
        var placed = wanted with { HostId = 1, State = "starting" };
        var starts = new ContainerSeen { Why = new Why("The host starts it", DateTimeOffset.UnixEpoch, null) };
        return
        [
            new Entry(kind, wanted, new ContainerSeen(), 1, 1),
            new Entry(kind, placed, new ContainerSeen { Why = new Why("Its host has not answered yet", DateTimeOffset.UnixEpoch, null) }, 2, 2),
            new Entry(kind, placed, starts, 2, 3),
            new Entry(kind, placed, new ContainerSeen { State = "running", Generation = 1 }, 2, 4),
        ];
    }
}
