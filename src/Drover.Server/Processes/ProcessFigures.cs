using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Reconcile;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>How many processes of each name run, are ready and are delayed (OPS-04).</summary>
public sealed class ProcessSummaryRows(ProcessBook book) : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<ProcessSummary>();

    public string Kind => "processSummary";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
    {
        var now = book.Now;
        var counts = new Dictionary<string, (long Running, long Ready, long Delayed)>(StringComparer.Ordinal);
        for (var family = 0; family < ProcessNames.Families.Length; family++)
        {
            foreach (var (id, action) in book.Ledger.OpenIn(family))
            {
                if (snapshot.Find(ProcessNames.Families[family].Family, id) is not { } entry) continue;
                var name = ProcessNames.Of(family, action);
                var (running, ready, delayed) = counts.GetValueOrDefault(name);
                counts[name] = Standing.Of(snapshot, entry, now) switch
                {
                    ProcessStanding.Running => (running + 1, ready, delayed),
                    ProcessStanding.Ready => (running, ready + 1, delayed),
                    _ => (running, ready, delayed + 1),
                };
            }
        }

        return counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select((count, place) => new Entry(
            Shown,
            new ProcessSummary { Id = place + 1, ProcessName = count.Key, Running = count.Value.Running, Ready = count.Value.Ready, Delay = count.Value.Delayed },
            new PlainSeen(),
            0,
            0));
    }
}

/// <summary>The workers that drive objects, and the keys that wait for them (OPS-04).</summary>
public sealed class ProcessPoolRows(ControllerHost controllers) : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<ProcessPool>();

    public string Kind => "processPool";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
    {
        var figures = controllers.Figures;
        var row = new ProcessPool
        {
            Id = 1,
            Name = "reconcilers",
            ActiveTasks = figures.Active,
            CompletedTasks = controllers.Metrics.Runs - figures.Active,
            MinPoolSize = controllers.Workers,
            MaxPoolSize = controllers.Workers,
            PoolSize = controllers.Workers,
            QueueSize = figures.Ready,
            QueueRemainingCapacity = int.MaxValue,
            RejectedTasks = 0,
        };
        yield return new Entry(Shown, row, new PlainSeen(), 0, 0);
    }
}
