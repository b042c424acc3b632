using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>Keeps the ledger of processes while the server runs.</summary>
internal sealed class ProcessFollower(ProcessLedger ledger, ResourceStore store) : IBackgroundWork
{
    public string Name => "ProcessFollower";

    public async Task RunAsync(CancellationToken cancel)
    {
        using (ledger)
        {
            ledger.Follow(store);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
