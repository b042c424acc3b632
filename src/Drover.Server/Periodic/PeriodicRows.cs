using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Periodic;

/// <summary>Periodic work as rows (OPS-07, SET-22).</summary>
public sealed class PeriodicWorkRows(PeriodicRunner runner) : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<PlatformTask>();

    public string Kind => "task";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => runner.Work.Select((work, place) => new Entry(Shown, new PlatformTask { Id = place + 1, Name = work.Name }, new PlainSeen(), 0, 0));
}

/// <summary>The last runs of periodic work as rows (OPS-07).</summary>
public sealed class PeriodicRunRows(PeriodicRunner runner, string serverId) : IViewKind
{
    private static readonly Kind Shown = Catalog.All.Of<TaskInstance>();

    public string Kind => "taskInstance";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId) => runner.Runs.All.Select(run => new Entry(
        Shown,
        new TaskInstance { Id = run.Number, TaskId = run.Work, Name = run.Name, StartTime = run.Start, EndTime = run.End, Exception = run.Fault, ServerId = serverId },
        new PlainSeen(),
        0,
        0));
}

/// <summary>`execute`: the work is done at once.</summary>
public sealed class ExecutePeriodicWork(PeriodicRunner runner) : IKindAction
{
    public string Kind => "task";

    public string Action => "execute";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        runner.Ask((int)call.Target.Id);
        return Task.FromResult(ActionOutcome.Of(call.Target));
    }
}
