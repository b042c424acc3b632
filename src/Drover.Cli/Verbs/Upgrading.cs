using System.CommandLine;
using Drover.Compose;

namespace Drover.Cli.Verbs;

/// <summary>The options of `drover up` that upgrade services (UPG-12).</summary>
internal sealed class Upgrading
{
    private const long DefaultBatchSize = 2, DefaultInterval = 1000, LeastInterval = 100;

    private readonly Option<long?> _batchSize = new("--batch-size") { Description = "Containers of a service to upgrade at a time; what the file says, else 2", HelpName = "NUMBER" };
    private readonly Option<long?> _interval = new("--interval") { Description = "Milliseconds between two batches; what the file says, else 1000", HelpName = "MILLISECONDS" };

    public Option<bool> Upgrade { get; } = new("--upgrade", "-u") { Description = "Upgrade the services that the files describe otherwise than before" };

    public Option<bool> Force { get; } = new("--force-upgrade") { Description = "Upgrade all services of the files, changed or not" };

    public Option<bool> Pull { get; } = new("--pull", "-p") { Description = "Before an upgrade, pull its images on the hosts that have them" };

    public IEnumerable<Option> All => [Upgrade, Force, Pull, _batchSize, _interval];

    public bool IsWanted(VerbCall call) => call.Parsed.GetValue(Upgrade) || call.Parsed.GetValue(Force);

    /// <summary>How fast, where the options or else the defaults decide.</summary>
    public UpgradePace Pace(VerbCall call)
    {
        var pace = new UpgradePace(BatchSizeGiven(call) ?? DefaultBatchSize, IntervalGiven(call) ?? DefaultInterval);
        if (pace.BatchSize is < 1 or > int.MaxValue) throw new UsageException("--batch-size takes a number of containers above 0");
        return pace.IntervalMillis is < LeastInterval or > int.MaxValue ? throw new UsageException($"--interval takes {LeastInterval} milliseconds or more") : pace;
    }

    /// <summary>The text of rancher-compose.yml with the pace of services: what is given as an option counts more than the file, what is not counts less.</summary>
    public string? Paced(VerbCall call, string? rancherCompose, IReadOnlyCollection<string> services)
        => Pace(call).Into(rancherCompose, services, BatchSizeGiven(call) is not null, IntervalGiven(call) is not null);

    public long? BatchSizeGiven(VerbCall call) => call.Parsed.GetValue(_batchSize);

    public long? IntervalGiven(VerbCall call) => call.Parsed.GetValue(_interval);
}
