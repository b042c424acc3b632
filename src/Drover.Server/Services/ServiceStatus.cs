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
        var settled = plan.Changes.IsEmpty && view.Ports == ServicePorts.Nothing && IsSettled(view, plan);
        var seen = view.Seen with
        {
            CurrentScale = view.Units.Count(u => u.IsUp),
            HealthState = ServiceHealth.Of(view, launches),
            BatchProven = plan.IsProven ? view.Seen.BatchProven ?? now : null,
        };
        return settled ? Settled(view, seen) : UnderWay(view, plan, seen, now);
    }

    private static bool IsSettled(ServiceView view, ServicePlan plan)
    {
        if (view.Service.RemoveRequested) return view.Units.IsEmpty;

        // What a paused upgrade has begun may go on for as long as it takes; only what it stops has to be stopped.
        if (UpgradePhases.Of(view.Service) == UpgradePhase.Paused) return view.Units.SelectMany(u => u.Kept).All(c => c.State != "stopping");
        if (plan.IsOpen || view.Units.Any(u => !u.Going.IsEmpty)) return false;
        return view.Units.SelectMany(u => view.Service.Running ? u.Members.Values : u.Kept).All(m => view.Service.Running ? Unit.Runs(m) : !m.Kind.Lifecycle!.IsTransitioning(m.State));
    }

    private static ServiceSeen Settled(ServiceView view, ServiceSeen seen)
    {
        var rest = view.Service.RemoveRequested ? "removed" : Rest(view);
        return seen with { Generation = view.Service.Generation, State = rest, Failed = false, TransitioningMessage = null, Why = null };
    }

    private static string Rest(ServiceView view)
        => UpgradePhases.RestOf(view.Service) is { } upgrade ? upgrade
            : view.Seen.Generation >= view.Service.Generation || IsOverAtRest(view.Service) ? view.Service.Running ? "active" : "inactive"
            : view.Entry.Kind.Lifecycle!.Settled(view.Service.State ?? "") ?? (view.Service.Running ? "active" : "inactive");

    // The life cycle ends upgrades in `active`; a service that does not run was upgraded without being started.
    private static bool IsOverAtRest(Service service) => service is { Running: false, State: "finishing-upgrade" or "rolling-back" };

    private static ServiceSeen UnderWay(ServiceView view, ServicePlan plan, ServiceSeen seen, DateTimeOffset now)
    {
        var (reason, next) = Waits(view, plan);
        var failed = view.Units.SelectMany(u => u.Members.Values).Any(m => m.Seen.Failed);
        seen = seen with { TransitioningMessage = reason == NothingYet ? null : reason, Why = Waiting.For(seen.Why, reason, now, next) };
        if (seen.Generation < view.Service.Generation) return seen;

        // It had settled and something happened since: 1.6 shows the update that heals it.
        return view.Service.RemoveRequested ? seen : seen with { State = UpgradePhases.RestOf(view.Service) ?? (view.Service.Running ? "updating-active" : "updating-inactive"), Failed = failed };
    }

    private const string NothingYet = "Its containers are on their way";

    private static (string Reason, DateTimeOffset? Next) Waits(ServiceView view, ServicePlan plan)
    {
        if (view.Ports.Missing is { } missing) return (missing, plan.WakeAt);
        var members = view.Units.SelectMany(u => u.Kept.Concat(u.Going)).ToList();
        var waiting = members.Find(m => m.Seen.Failed) ?? members.Find(m => m.Seen.TransitioningMessage is not null && m.Transitioning != "no");
        return waiting is null ? (plan.Waits ?? NothingYet, plan.Waits is null ? null : plan.WakeAt) : ($"{waiting.Wanted.Name}: {waiting.Seen.TransitioningMessage ?? waiting.Seen.Why?.Reason}", waiting.Seen.Why?.NextTry);
    }
}
