using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>The tries of processes as rows: those that failed, and the newest with the tree of what it set off (OPS-03, OPS-05).</summary>
public sealed class ExecutionRows(ProcessBook book) : IViewKind, IViewField
{
    /// <summary>Places of one process: its number times this, plus the place, is the number of the row.</summary>
    private const int PerProcess = 16;

    private const int Newest = PerProcess - 1;

    private static readonly Kind Shown = Catalog.All.Of<ProcessExecution>();

    public string Kind => "processExecution";

    public string Field => "log";

    /// <summary>The tree is made for the rows that are shown, not for all that are looked through.</summary>
    public object? Value(ApiCall call, Entry entry)
    {
        var row = (ProcessExecution)entry.Wanted;
        if (book.Find(call.Snapshot, row.ProcessInstanceId ?? 0) is not { } process) return null;
        var place = (int)(row.Id % PerProcess);
        return RawJson.From(place <= process.Troubles.Length
            ? ExecutionTree.OfTrouble(process, process.Troubles[place - 1], row.Created ?? process.Start)
            : new ExecutionTree(book, call.Snapshot).OfNewest(process));
    }

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
        => book.All(snapshot).Where(process => accountId is null || process.AccountId == accountId)
            .OrderBy(process => process.Id.Number).DistinctBy(process => process.Id)
            .SelectMany(Of);

    public Entry? Find(Snapshot snapshot, long id)
        => book.Find(snapshot, id / PerProcess) is { } process ? Of(process).FirstOrDefault(row => row.Id == id) : null;

    public IEnumerable<Entry> By(Snapshot snapshot, string field, long target)
        => field == "processInstanceId" && book.Find(snapshot, target) is { } process ? Of(process) : [];

    private static IEnumerable<Entry> Of(Process process)
    {
        var (place, start) = (1, process.Start);
        foreach (var trouble in process.Troubles)
        {
            yield return Row(process, place++, start);
            start = trouble.NextTry ?? trouble.At;
        }

        yield return Row(process, Newest, start);
    }

    private static Entry Row(Process process, int place, DateTimeOffset start)
    {
        var row = new ProcessExecution { Id = (process.Id.Number * PerProcess) + place, ProcessInstanceId = process.Id.Number, Created = start };
        return new Entry(Shown, row, new PlainSeen(), 0, 0);
    }
}
