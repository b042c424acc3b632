using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Server.Services;

/// <summary>
/// Replaces the containers of a service where they are, a batch of units after the other (UPG-01 to UPG-09). A unit that no
/// batch has touched is kept at the launch configs from before. Reads no clock, no store, no network.
/// </summary>
internal sealed class UpgradePlanner
{
    private readonly ServiceView _view;
    private readonly UpgradePhase _phase;
    private readonly InServiceUpgradeStrategy _strategy;
    private readonly ImmutableArray<Launch> _target;
    private readonly ImmutableArray<Launch> _before;
    private readonly HashSet<string> _changed;

    private UpgradePlanner(ServiceView view, UpgradePhase phase, InServiceUpgradeStrategy strategy)
    {
        (_view, _phase, _strategy) = (view, phase, strategy);
        _target = Launch.Of(view.Service);
        _before = Launch.Of(phase == UpgradePhase.Back
            ? view.Service with { LaunchConfig = strategy.LaunchConfig, SecondaryLaunchConfigs = strategy.SecondaryLaunchConfigs }
            : view.Service with { LaunchConfig = strategy.PreviousLaunchConfig, SecondaryLaunchConfigs = strategy.PreviousSecondaryLaunchConfigs });
        _changed = [.. _target.Where(t => !_before.Any(b => b.Name == t.Name && Launch.SameVersion(b.Version, t.Version))).Select(t => t.Name)];
    }

    /// <summary>The upgrade of a running service; null where none is under way that replaces containers where they are.</summary>
    public static UpgradePlanner? Of(ServiceView view)
        => UpgradePhases.Of(view.Service) is not UpgradePhase.None and var phase && view.Service.Upgrade?.InServiceStrategy is { } strategy
            ? new UpgradePlanner(view, phase, strategy)
            : null;

    /// <summary>What units consist of that are made meanwhile.</summary>
    public ImmutableArray<Launch> OfNewUnits => _phase == UpgradePhase.Paused && !_before.IsEmpty ? _before : _target;

    /// <param name="kept">The units that shall be there.</param>
    /// <param name="isGrowing">True where units are made besides: no batch begins until they run.</param>
    /// <param name="now">Decides when the next batch begins.</param>
    public ServicePlan Plan(IReadOnlyList<Unit> kept, bool isGrowing, DateTimeOffset now)
    {
        var left = kept.Where(IsLeft).ToList();
        var waiting = left.ToHashSet();
        var begun = kept.Where(u => !waiting.Contains(u)).ToList();
        var open = begun.Where(u => !IsDone(u)).ToList();
        var (batch, wake) = NextBatch(left, begun.Count, open.Count > 0 || isGrowing, now);
        waiting.ExceptWith(batch);
        var changes = ImmutableArray.CreateBuilder<ServiceChange>();
        foreach (var unit in kept)
            wake = UnitHealing.Earlier(wake, waiting.Contains(unit) ? UnitHealing.Heal(unit, _before, _view.HostOf(unit), now, changes) : Bring(unit, now, changes));
        return new ServicePlan(changes.ToImmutable(), wake)
        {
            IsOpen = left.Count > 0 || open.Count > 0,
            IsProven = left.Count > 0 && begun.Count > 0 && open.Count == 0 && !isGrowing,
            Waits = open.Count > 0 ? $"{NameOf(open[0])} is being replaced and does not run well yet"
                : left.Count > 0 ? $"{begun.Count} of {kept.Count} are replaced; the next batch follows {_strategy.IntervalMillis ?? 0} ms after the last one ran well" : null,
        };
    }

    // What is down already goes first, so that a batch takes down as little as it can; on the way back it waits for nobody.
    private (HashSet<Unit> Units, DateTimeOffset? Wake) NextBatch(List<Unit> left, int begun, bool isBusy, DateTimeOffset now)
    {
        if (_phase == UpgradePhase.Paused || left.Count == 0) return ([], null);
        var down = _phase == UpgradePhase.Back ? left.Where(u => !IsUp(u)).ToHashSet() : [];
        if (down.Count > 0 || isBusy) return (down, null);
        var due = begun == 0 ? now : (_view.Seen.BatchProven ?? now) + UpgradePace.Interval(_strategy.IntervalMillis);
        if (due > now) return ([], due);
        var size = (int)Math.Clamp(_strategy.BatchSize ?? 1, 1, int.MaxValue);
        return ([.. left.OrderBy(IsUp).ThenBy(u => u.CreateIndex).Take(size)], null);
    }

    /// <summary>The next step of one unit on its way to the new launch configs.</summary>
    private DateTimeOffset? Bring(Unit unit, DateTimeOffset now, ImmutableArray<ServiceChange>.Builder changes)
    {
        var leaving = Leaving(unit).ToList();
        if (!_strategy.StartFirst || IsProven(unit)) changes.AddRange(leaving.Select(Leave));
        if (!_strategy.StartFirst && (leaving.Exists(IsOnHost) || unit.Others.Concat(unit.Going).Any(IsOnHost))) return null;
        var current = unit with
        {
            Members = unit.Members.Where(m => IsCurrent(m.Value)).ToImmutableDictionary(StringComparer.Ordinal),
            Others = [.. unit.Others.Where(o => Unit.IsSetAside(o) && IsCurrent(o))],
        };
        if (_phase == UpgradePhase.Back && IsProven(unit)) changes.AddRange(unit.Others.Where(Unit.IsSetAside).Select(o => new ServiceChange.Retire(o.Id, "the upgrade is rolled back")));
        return UnitHealing.Heal(current, _target, _view.HostOf(unit), now, changes);
    }

    private ServiceChange Leave(Entry container)
        => _phase == UpgradePhase.Back ? new ServiceChange.Retire(container.Id, "the upgrade is rolled back") : new ServiceChange.SetAside(container.Id);

    // Those with old members and none that replaces them; or, where launch configs are only added, those that have none of the added ones.
    private bool IsLeft(Unit unit)
        => unit.Members.Values.Any(m => !IsCurrent(m))
            ? unit.Others.All(Unit.IsSetAside)
            : _changed.Count > 0 && !unit.Members.IsEmpty && unit.Others.IsEmpty && !unit.Members.Keys.Any(_changed.Contains);

    private bool IsDone(Unit unit)
        => IsProven(unit) && !Leaving(unit).Any() && !unit.Others.Concat(unit.Going).Any(IsOnHost) && (_phase != UpgradePhase.Back || unit.Others.IsEmpty);

    // A rollback goes on with what runs, healthy or not: it was good enough before (UPG-07).
    private bool IsProven(Unit unit)
        => _target.All(launch => unit.Members.TryGetValue(launch.Name, out var member) && IsCurrent(member)
            && (_phase == UpgradePhase.Back ? Unit.Runs(member) : ServiceHealth.Of(unit, launch) is ServiceHealth.Healthy or ServiceHealth.StartedOnce));

    // Somebody may start by hand what was set aside.
    private IEnumerable<Entry> Leaving(Unit unit) => unit.Kept.Where(c => !IsCurrent(c) && (!Unit.IsSetAside(c) || c.Wanted is Container { Running: true }));

    private bool IsCurrent(Entry container) => Launch.IsCurrent(_view.Service, (Container)container.Wanted);

    private bool IsUp(Unit unit) => !unit.Members.IsEmpty && _before.All(launch => unit.Members.TryGetValue(launch.Name, out var member) && Unit.Runs(member));

    private static bool IsOnHost(Entry container) => container.State is "running" or "starting" or "stopping" or "restarting" or "migrating" or "updating-running";

    private static string NameOf(Unit unit) => unit.Kept.Concat(unit.Going).FirstOrDefault()?.Wanted.Name ?? "A unit";
}
