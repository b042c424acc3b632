using System.Collections.Immutable;
using System.Threading.Channels;
using Drover.Protocol;
using Drover.Reconcile;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>What a host said, on its way into the store.</summary>
/// <param name="HostId">The host.</param>
/// <param name="IdOf">Finds the number of a container that the host was told of, by uuid.</param>
/// <param name="Message">Inventory or status report.</param>
/// <param name="EngineUp">False where the host's engine does not answer: what is missing in its inventory is then unknown, not gone.</param>
public sealed record HostReport(long HostId, Func<string, long?> IdOf, AgentMessage Message, bool EngineUp)
{
    /// <summary>Completed once the report is durable.</summary>
    public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The one way of reports into the store: everything that waits is written in one transaction.</summary>
public sealed class StatusIntake(ResourceStore store) : IBackgroundWork, IFieldWriter
{
    /// <summary>The most reports taken into one write.</summary>
    private const int MostAtOnce = 256;

    private readonly Channel<HostReport> _waiting = Channel.CreateUnbounded<HostReport>(new UnboundedChannelOptions { SingleReader = true });

    public string Name => "StatusIntake";

    /// <inheritdoc/>
    public ImmutableArray<string> Writes => ["container.seen:placed", "container.running:reported", "container.importedId", "volume.seen:placed", "host.seen:described", "host.labels:described"];

    /// <summary>Hands in a report; <see cref="HostReport.Written"/> tells when it is durable.</summary>
    public void Add(HostReport report) => _waiting.Writer.TryWrite(report);

    public async Task RunAsync(CancellationToken cancel)
    {
        while (await _waiting.Reader.WaitToReadAsync(cancel).ConfigureAwait(false)) await StepAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Writes all that waits; false where nothing does.</summary>
    public async Task<bool> StepAsync(CancellationToken cancel)
    {
        var batch = new List<HostReport>();
        while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var report)) batch.Add(report);
        if (batch.Count == 0) return false;
        try
        {
            await store.WriteAsync(tx => ReportedHosts.Apply(tx, batch), cancel).ConfigureAwait(false);
            foreach (var report in batch) report.Written.TrySetResult();
        }
        catch (Exception failure)
        {
            foreach (var report in batch) report.Written.TrySetException(failure);
            throw;
        }

        return true;
    }
}
