using Drover.Server.Periodic;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>Forgets processes that ended longer ago than they are told (SET-12).</summary>
public sealed class ProcessPurge(ProcessBook book, ResourceStore store) : IPeriodicWork
{
    public string Name => "process.purge";

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public Task RunAsync(CancellationToken cancel)
    {
        book.Ledger.Purge(book.Since(store.Current));
        return Task.CompletedTask;
    }
}
