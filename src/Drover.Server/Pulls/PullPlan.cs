using System.Globalization;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Platform;
using Drover.Scheduling;
using Drover.Store;

namespace Drover.Server.Pulls;

/// <summary>Decides over a pull task: which hosts it asks, and what became of each (REG-12). Pure.</summary>
public static class PullPlan
{
    /// <summary>A host that has not pulled within this time has failed.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How long a task that has ended is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>So many hosts are named in one message.</summary>
    private const int MostNamed = 5;

    /// <summary>When the task gives up.</summary>
    public static DateTimeOffset Deadline(PullTask task) => (task.Created ?? DateTimeOffset.MinValue) + Longest;

    /// <summary>The status of a task that is not settled.</summary>
    /// <param name="view">The state.</param>
    /// <param name="entry">The task.</param>
    /// <param name="word">How a host's pull ended; null before.</param>
    /// <param name="now">The time.</param>
    public static PullTaskSeen Next(Snapshot view, Entry entry, Func<long, string?> word, DateTimeOffset now)
    {
        var (task, seen) = ((PullTask)entry.Wanted, (PullTaskSeen)entry.Seen);
        if (seen.Hosts.Count == 0) seen = seen with { Hosts = Chosen(view, task) };
        var isLate = now >= Deadline(task);
        var hosts = seen.Hosts.Items.Select(host => host.Ended ? host : End(host, word(host.HostId) ?? WhyLost(view, host.HostId) ?? (isLate ? TooLate : null))).ToEquatableArray();
        seen = seen with { Hosts = hosts };
        var open = hosts.Items.Count(host => !host.Ended);
        if (open > 0) return seen with { TransitioningMessage = string.Create(CultureInfo.InvariantCulture, $"Pulling {task.Image} ({hosts.Count - open} of {hosts.Count} hosts done)") };
        var failures = hosts.Items.Where(host => host.Failed).Select(host => $"{host.Name}: {host.Status}").ToList();
        return seen with
        {
            Generation = task.Generation,
            State = "active",
            Ended = seen.Ended ?? now,
            Failed = failures.Count > 0,
            TransitioningMessage = failures.Count == 0 ? null : Named(failures),
            Why = null,
        };
    }

    private static string TooLate => string.Create(CultureInfo.InvariantCulture, $"It was not done within {Longest.TotalMinutes} minutes");

    private static PullOnHost End(PullOnHost host, string? word) => word is null ? host : host with { Status = word, Ended = true };

    // The task's labels are those of the service that will use the image: their rules say where it may run.
    private static EquatableArray<PullOnHost> Chosen(Snapshot view, PullTask task)
    {
        var rules = AffinityRule.OfHosts(task.Labels);
        return view.By<Host>("accountId", task.AccountId ?? 0)
            .Where(host => host.State is "active" or "updating-active" && WhyLost(view, host.Id) is null && rules.All(rule => rule.Holds(((Host)host.Wanted).Labels)))
            .OrderBy(host => host.Id)
            .Select(host => new PullOnHost(host.Id, NameOf(host), PullOnHost.Pulling))
            .ToEquatableArray();
    }

    private static string NameOf(Entry host) => host.Wanted.Name ?? ((HostSeen)host.Seen).Hostname ?? ResourceId.Format(host.Kind, host.Id);

    private static string? WhyLost(Snapshot view, long hostId)
        => view.Find<Host>(hostId) is not { IsRemoved: false, Wanted.RemoveRequested: false } host ? "The host was removed"
            : host.Seen is HostSeen { AgentState: "disconnected" } ? "The host does not answer"
            : null;

    private static string Named(List<string> failures)
        => string.Join("; ", failures.Take(MostNamed)) + (failures.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"; and {failures.Count - MostNamed} more") : "");
}
