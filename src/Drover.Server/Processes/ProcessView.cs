using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>A process as a row of 1.6 (OPS-03). Reads no clock, no store.</summary>
public static class ProcessView
{
    private static readonly Kind Shown = Catalog.All.Of<ProcessInstance>();

    /// <param name="process">The process.</param>
    /// <param name="view">The state, for what the object says.</param>
    /// <param name="serverId">This server.</param>
    /// <param name="now">The time.</param>
    public static Entry Of(Process process, Snapshot view, string serverId, DateTimeOffset now)
    {
        var entry = process.End is null ? ProcessBook.ObjectOf(view, process) : null;
        ProcessStanding? standing = entry is null ? null : Standing.Of(view, entry, now);
        var row = new ProcessInstance
        {
            Id = process.Id.Number,
            AccountId = process.AccountId,
            ProcessName = process.Name,
            ResourceType = ProcessNames.Families[process.Id.Family].Family,
            ResourceId = ResourceId.Format(process.Kind, process.Id.Object),
            StartTime = process.Start,
            EndTime = process.End,
            ExecutionCount = process.Failures + 1,
            Phase = process.End is not null ? "DONE" : standing == ProcessStanding.Ready ? "REQUESTED" : "STARTED",
            ExitReason = ExitReason(process),
            Result = Result(process.Ended),
            Priority = 0,
            RunAfter = standing == ProcessStanding.Delayed ? entry!.Seen.Why!.NextTry : null,
            RunningProcessServerId = standing == ProcessStanding.Running ? serverId : null,
            StartProcessServerId = process.IsFound ? null : serverId,
        };
        return new Entry(Shown, row, new PlainSeen { Why = entry?.Seen.Why }, entry?.WantedRevision ?? 0, entry?.SeenRevision ?? 0);
    }

    /// <summary>The word of 1.6 for how a process ended or what kept it last; null where nothing did.</summary>
    public static string? ExitReason(Process process) => process.Ended switch
    {
        ProcessEnd.Done => "DONE",
        ProcessEnd.StateChanged => "STATE_CHANGED",
        ProcessEnd.Canceled => "CANCELED",
        ProcessEnd.Failed => "UNKNOWN_EXCEPTION",
        _ => process.Failures > 0 ? "RETRY_EXCEPTION" : null,
    };

    private static string? Result(ProcessEnd end) => end switch
    {
        ProcessEnd.None => null,
        ProcessEnd.Done => "SUCCESS",
        ProcessEnd.Failed => "FAILURE",
        _ => "CANCELED",
    };
}
