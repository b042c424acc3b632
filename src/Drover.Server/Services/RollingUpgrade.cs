using Drover.Model.Services;

namespace Drover.Server.Services;

/// <summary>Moves the scale of a service over to another one, step by step (UPG-10), and back again. Reads no clock, no store, no network.</summary>
public sealed class RollingUpgrade
{
    private readonly ServiceView _view;
    private readonly ToServiceUpgradeStrategy _strategy;
    private readonly bool _isBack;

    private RollingUpgrade(ServiceView view, ToServiceUpgradeStrategy strategy, bool isBack) => (_view, _strategy, _isBack) = (view, strategy, isBack);

    /// <summary>The move of a service that is under way; null where there is none or it is paused.</summary>
    public static RollingUpgrade? Of(ServiceView view)
        => UpgradePhases.Of(view.Service) is (UpgradePhase.Forward or UpgradePhase.Back) and var phase && view.Service.Upgrade is { InServiceStrategy: null, ToServiceStrategy: { } strategy }
            ? new RollingUpgrade(view, strategy, phase == UpgradePhase.Back)
            : null;

    /// <summary>The next scales of both services; null where both are where they shall be.</summary>
    /// <param name="old">The scale of the one that shrinks.</param>
    /// <param name="grown">The scale of the one that grows.</param>
    /// <param name="floor">Where the one that shrinks ends.</param>
    /// <param name="final">Where the one that grows ends.</param>
    /// <param name="batch">The most containers that one step makes or takes.</param>
    public static (long Old, long Grown)? Next(long old, long grown, long floor, long final, long batch)
    {
        // Sums of what may be stored must not overflow.
        (old, grown, floor, final, batch) = (Bounded(old), Bounded(grown), Bounded(floor), Bounded(final), Math.Max(Bounded(batch), 1));
        var over = old + grown - floor - final;
        if (old > floor && over > 0) return (old - Math.Min(Math.Min(batch, over), old - floor), grown);
        if (old <= floor) return grown == final ? null : (old, final);
        return (old, grown + Math.Min(Math.Min(batch, final - grown), batch - over));
    }

    /// <summary>The plan with the next step of the move, or with what it waits for.</summary>
    public ServicePlan Plan(ServicePlan healed, DateTimeOffset now)
    {
        var from = _view.Service;
        var to = _view.Replacement is { IsRemoved: false, Wanted: Service { RemoveRequested: false } other } ? other : null;
        if (to is null && !_isBack) return Waiting(healed, "The service that it moves to is gone: roll back");
        if (Step(from, to) is not { } step) return healed;
        if (to is not null && Unready(to) is { } reason) return Waiting(healed, reason);
        var isFirst = to is null || (from.Scale == _strategy.FromScale && to.Scale == _strategy.ToScale);
        var due = isFirst ? now : (_view.Seen.BatchProven ?? now) + UpgradePace.Interval(_strategy.IntervalMillis);
        if (due <= now) return healed with { Changes = [step], IsOpen = true };
        return Waiting(healed, $"It moves to {to?.Name} by {_strategy.BatchSize ?? 1} at a time; {from.Scale} are left") with { IsProven = true, WakeAt = UnitHealing.Earlier(healed.WakeAt, due) };
    }

    private ServiceChange.Shift? Step(Service from, Service? to)
    {
        var batch = _strategy.BatchSize ?? 1;
        if (!_isBack) return Next(from.Scale, to!.Scale, 0, _strategy.FinalScale ?? 1, batch) is var (old, grown) ? new ServiceChange.Shift(old, to.Id, grown) : null;
        if (to is null) return from.Scale == _strategy.FromScale ? null : new ServiceChange.Shift(_strategy.FromScale, null, 0);
        return Next(to.Scale, from.Scale, _strategy.ToScale, _strategy.FromScale, batch) is var (shrunk, back) ? new ServiceChange.Shift(back, to.Id, shrunk) : null;
    }

    // Forward the new service has to run well before the next step; back, the old one.
    private string? Unready(Service to)
    {
        if (_view.Units.Any(u => !u.Going.IsEmpty)) return $"{_view.Service.Name} still removes containers";
        if (_isBack) return _view.Units.Count(u => u.IsUp) >= _view.Service.Scale ? null : $"{_view.Service.Name} does not run its {_view.Service.Scale} yet";
        var seen = (ServiceSeen)_view.Replacement!.Seen;
        if (!to.Running) return $"{to.Name} is not active";
        return _view.Replacement.State == "active" && seen.CurrentScale >= to.Scale && seen.HealthState is ServiceHealth.Healthy or ServiceHealth.StartedOnce
            ? null
            : $"{to.Name} does not run its {to.Scale} well yet";
    }

    private static long Bounded(long number) => Math.Clamp(number, 0, int.MaxValue);

    private static ServicePlan Waiting(ServicePlan healed, string reason) => healed with { IsOpen = true, Waits = reason };
}
