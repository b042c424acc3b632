using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Reconcile;

namespace Drover.Server.Services;

/// <summary>What is shown of a service. Reads no clock, no store.</summary>
public static class ServiceStatus
{
    /// <param name="view">The service and its containers, after the plan was applied.</param>
    /// <param name="plan">What it still needs.</param>
    /// <param name="now">The time of what begins now.</param>
    public static ServiceSeen Of(ServiceView view, ServicePlan plan, DateTimeOffset now)
    {
        var launches = Launch.Of(view.Service);
        var settled = plan.Changes.IsEmpty && view.Ports == ServicePorts.Nothing && IsSettled(view, launches);
        var seen = view.Seen with
        {
            CurrentScale = view.Units.Count(u => u.Members.TryGetValue(Primary, out var primary) && IsUp(primary, launches)),
            HealthState = ServiceHealth.Of(view, launches),
        };
        return settled ? Settled(view, seen) : UnderWay(view, plan, seen, now);
    }

    private const string Primary = Containers.ContainerLabels.PrimaryLaunchConfig;

    private static bool IsSettled(ServiceView view, ImmutableArray<Launch> launches)
    {
        if (view.Service.RemoveRequested) return view.Units.IsEmpty;
        if (view.Units.Any(u => !u.Going.IsEmpty)) return false;
        return view.Units.SelectMany(u => u.Members.Values).All(m => view.Service.Running ? IsUp(m, launches) : !m.Kind.Lifecycle!.IsTransitioning(m.State));
    }

    private static bool IsUp(Entry member, ImmutableArray<Launch> launches)
        => member.State == "running" || (member is { State: "stopped", Seen: ContainerSeen { StartCount: > 0 } } && LaunchOf(member, launches)?.StartsOnce == true);

    private static ServiceSeen Settled(ServiceView view, ServiceSeen seen)
    {
        var rest = view.Service.RemoveRequested ? "removed" : Rest(view);
        return seen with { Generation = view.Service.Generation, State = rest, Failed = false, TransitioningMessage = null, Why = null };
    }

    private static string Rest(ServiceView view)
        => view.Seen.Generation >= view.Service.Generation
            ? view.Service.Running ? "active" : "inactive"
            : view.Entry.Kind.Lifecycle!.Settled(view.Service.State ?? "") ?? (view.Service.Running ? "active" : "inactive");

    private static ServiceSeen UnderWay(ServiceView view, ServicePlan plan, ServiceSeen seen, DateTimeOffset now)
    {
        var (reason, next) = Waits(view, plan);
        var failed = view.Units.SelectMany(u => u.Members.Values).Any(m => m.Seen.Failed);
        seen = seen with { TransitioningMessage = reason == NothingYet ? null : reason, Why = Waiting.For(seen.Why, reason, now, next) };
        if (seen.Generation < view.Service.Generation) return seen;

        // It had settled and something happened since: 1.6 shows the update that heals it.
        return view.Service.RemoveRequested ? seen : seen with { State = view.Service.Running ? "updating-active" : "updating-inactive", Failed = failed };
    }

    private const string NothingYet = "Its containers are on their way";

    private static (string Reason, DateTimeOffset? Next) Waits(ServiceView view, ServicePlan plan)
    {
        if (view.Ports.Missing is { } missing) return (missing, plan.WakeAt);
        var members = view.Units.SelectMany(u => u.Members.Values.Concat(u.Going)).ToList();
        var waiting = members.Find(m => m.Seen.Failed) ?? members.Find(m => m.Seen.TransitioningMessage is not null && m.Transitioning != "no");
        return waiting is null ? (NothingYet, null) : ($"{waiting.Wanted.Name}: {waiting.Seen.TransitioningMessage ?? waiting.Seen.Why?.Reason}", waiting.Seen.Why?.NextTry);
    }

    private static Launch? LaunchOf(Entry member, ImmutableArray<Launch> launches)
        => launches.FirstOrDefault(l => l.Name == ((Container)member.Wanted).LaunchConfigName);
}
