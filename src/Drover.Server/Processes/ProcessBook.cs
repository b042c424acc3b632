using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>Finds processes: those under way and those that ended not longer ago than they are kept (SET-12).</summary>
public sealed class ProcessBook(ProcessLedger ledger, TimeProvider time, string serverId)
{
    /// <summary>Processes under way of one family that are listed at most; the summary counts all.</summary>
    public const int MostListed = 10_000;

    /// <summary>How long an ended process is told.</summary>
    public const string Retention = "process_instance.purge.after.seconds";

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Names this server in `runningProcessServerId` and the like.</summary>
    public string ServerId => serverId;

    public ProcessLedger Ledger => ledger;

    /// <summary>Ended processes are told from this time on.</summary>
    public DateTimeOffset Since(Snapshot view) => Now - StoreOpening.Seconds(view, Retention);

    /// <summary>All that is told.</summary>
    public IEnumerable<Process> All(Snapshot view)
    {
        var since = Since(view);
        for (var family = 0; family < ProcessNames.Families.Length; family++)
        {
            foreach (var ended in ledger.EndedIn(family, since)) yield return ended;
            foreach (var (id, _) in ledger.OpenIn(family, MostListed))
                if (ledger.FindOpen(view, family, id) is { } open)
                    yield return open;
        }
    }

    /// <summary>The process with a number; null where none is told.</summary>
    public Process? Find(Snapshot view, long number)
        => ProcessId.Read(number) is { } id ? Of(view, id.Family, id.Object).LastOrDefault(process => process.Id == id) : null;

    /// <summary>The processes of one object, oldest first, what is under way last.</summary>
    public IEnumerable<Process> Of(Snapshot view, int family, long id)
    {
        var ended = ledger.EndedOf(family, id, Since(view));
        return ledger.FindOpen(view, family, id) is { } open ? ended.Append(open) : ended;
    }

    /// <summary>The object that a process drives, while it lives.</summary>
    public static Entry? ObjectOf(Snapshot view, Process process) => view.Find(ProcessNames.Families[process.Id.Family].Family, process.Id.Object);
}
