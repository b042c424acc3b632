using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>Processes as rows: a view of what is not settled and of what has settled lately (OPS-03).</summary>
public sealed class ProcessRows(ProcessBook book) : IViewKind, IExtraLinks, IActionFilter
{
    public string Kind => "processInstance";

    public IEnumerable<Entry> Rows(Snapshot snapshot, long? accountId)
    {
        var now = book.Now;
        return book.All(snapshot).Where(process => accountId is null || process.AccountId == accountId)
            .OrderBy(process => process.Id.Number).DistinctBy(process => process.Id)
            .Select(process => ProcessView.Of(process, snapshot, book.ServerId, now));
    }

    public Entry? Find(Snapshot snapshot, long id)
        => book.Find(snapshot, id) is { } process ? ProcessView.Of(process, snapshot, book.ServerId, book.Now) : null;

    public IEnumerable<(string Name, string Url)> Links(ApiCall call, Entry entry)
    {
        var row = (ProcessInstance)entry.Wanted;
        if (call.WantsOwn && call.Catalog.FindByWord(row.ResourceType!) is { } kind) yield return ("resource", call.Urls.Self(kind, row.ResourceId!));
    }

    /// <summary>What has ended is not replayed.</summary>
    public bool Offers(ApiCall call, Entry entry, string action) => ((ProcessInstance)entry.Wanted).EndTime is null;
}

/// <summary>`replay`: the object is looked at now, whatever it waits for, and its host is told again what is wanted (OPS-04).</summary>
/// <param name="book">Finds the process.</param>
/// <param name="wake">Wakes what drives an object.</param>
public sealed class ReplayProcess(ProcessBook book, Action<Entry> wake) : IKindAction
{
    public string Kind => "processInstance";

    public string Action => "replay";

    public Task<ActionOutcome> RunAsync(ActionCall call, CancellationToken cancel)
    {
        var view = call.Store.Current;
        if (book.Find(view, call.Target.Id) is { End: null } process && ProcessBook.ObjectOf(view, process) is { } entry) wake(entry);
        return Task.FromResult(ActionOutcome.Of(call.Target));
    }
}
