using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Services;

namespace Drover.Server.Services;

/// <summary>Compares what is wanted of a service with what is there. Reads no clock, no store, no network.</summary>
public static class ServicePlanner
{
    /// <summary>How long a service waits before it looks for a free public port again.</summary>
    public static readonly TimeSpan PortsAgain = TimeSpan.FromSeconds(15);

    /// <summary>The most units that one plan makes: what it makes touches the service, so that the next plan goes on.</summary>
    public const int MostNewUnits = 200;

    /// <param name="view">The service and its containers.</param>
    /// <param name="now">Decides when a failed container is made anew and when the next batch of an upgrade begins.</param>
    public static ServicePlan Plan(ServiceView view, DateTimeOffset now)
    {
        if (view.Service.RemoveRequested) return new ServicePlan([.. Everything(view.Units, "the service is removed")]);
        if (!view.Service.Running) return new ServicePlan([.. view.Units.SelectMany(u => AtRest(view.Service, u))]);
        var launches = Launch.Of(view.Service);
        if (launches.IsEmpty) return new ServicePlan([.. Everything(view.Units, "the service has no containers")]);
        var (kept, surplus) = view.IsGlobal ? Global(view) : Scaled(view);
        var retired = surplus.SelectMany(x => Retire(x.Unit, x.Reason));
        if (view.Ports.Take is { } ports) return new ServicePlan([.. retired, new ServiceChange.TakePorts(ports)]);
        if (view.Ports.Missing is not null) return new ServicePlan([.. retired], now + PortsAgain);
        if (UpgradePlanner.Of(view) is { } upgrade)
        {
            var missing = Missing(view, kept, upgrade.OfNewUnits).ToList();
            var plan = upgrade.Plan(kept, isGrowing: missing.Count > 0, now);
            return plan with { Changes = [.. retired, .. plan.Changes, .. missing] };
        }

        var changes = ImmutableArray.CreateBuilder<ServiceChange>();
        changes.AddRange(retired);
        DateTimeOffset? wake = null;
        foreach (var unit in kept)
        {
            changes.AddRange(unit.Others.Select(o => new ServiceChange.Retire(o.Id, "the upgrade that replaced it is finished")));
            wake = UnitHealing.Earlier(wake, UnitHealing.Heal(unit with { Others = [] }, launches, view.HostOf(unit), now, changes));
        }

        changes.AddRange(Missing(view, kept, launches));
        if (changes.Count == 0) changes.AddRange(Restarts(view.Service, kept));
        var healed = new ServicePlan(changes.ToImmutable(), wake);
        return RollingUpgrade.Of(view) is { } rolling && healed.Changes.IsEmpty ? rolling.Plan(healed, now) : healed;
    }

    private static (List<Unit> Kept, List<(Unit Unit, string Reason)> Surplus) Scaled(ServiceView view)
    {
        var alive = view.Units.Where(u => u.Kept.Any()).OrderBy(u => u.CreateIndex).ToList();
        var count = (int)Math.Clamp(view.Service.Scale, 0, int.MaxValue);
        return ([.. alive.Take(count)], [.. alive.Skip(count).Reverse().Select(u => (u, "the service was scaled down"))]);
    }

    private static (List<Unit> Kept, List<(Unit Unit, string Reason)> Surplus) Global(ServiceView view)
    {
        var kept = new List<Unit>();
        var surplus = new List<(Unit, string)>();
        var taken = new HashSet<long>();
        foreach (var unit in view.Units.Where(u => u.Kept.Any()))
        {
            var host = unit.HostId ?? unit.RequestedHostId;
            if (host is { } id && view.GlobalHosts.ContainsKey(id) && taken.Add(id)) kept.Add(unit);
            else surplus.Add((unit, "its host no longer takes the service"));
        }

        return (kept, surplus);
    }

    private static IEnumerable<ServiceChange> Missing(ServiceView view, List<Unit> kept, ImmutableArray<Launch> launches)
        => view.IsGlobal
            ? MissingOnHosts(view, kept, launches).Take(MostNewUnits)
            : FreeIndexes(view.Units).Take((int)Math.Clamp(view.Service.Scale - kept.Count, 0, MostNewUnits)).Select(index => new ServiceChange.Create(index, launches));

    private static IEnumerable<ServiceChange> MissingOnHosts(ServiceView view, List<Unit> kept, ImmutableArray<Launch> launches)
    {
        var taken = kept.Select(u => u.HostId ?? u.RequestedHostId).ToHashSet();
        var hosts = view.GlobalHosts.Where(host => host.Value && !taken.Contains(host.Key)).Select(host => host.Key);
        return hosts.Zip(FreeIndexes(view.Units), (host, index) => new ServiceChange.Create(index, launches, HostId: host));
    }

    // The next batch begins when the one before runs again (SVC-38).
    private static IEnumerable<ServiceChange> Restarts(Service service, List<Unit> units)
    {
        if (units.Exists(u => u.Members.Values.Any(m => m.Transitioning == "yes"))) return [];
        return units
            .Where(u => u.Members.Values.Any(m => ((Container)m.Wanted).ServiceRestartCount < service.RestartCount))
            .Take((int)Math.Clamp(service.RestartBatch, 1, int.MaxValue))
            .SelectMany(u => u.Members.Values.OrderBy(m => m.Id))
            .Select(m => new ServiceChange.Restart(m.Id, service.RestartCount));
    }

    // An upgrade of a service that does not run swaps what will run, and starts nothing.
    private static IEnumerable<ServiceChange> AtRest(Service service, Unit unit)
    {
        var phase = UpgradePhases.Of(service);
        var isInPlace = service.Upgrade?.InServiceStrategy is not null;
        foreach (var member in unit.Kept.OrderBy(m => m.Id))
        {
            var isCurrent = Launch.IsCurrent(service, (Container)member.Wanted);
            var isAside = Unit.IsSetAside(member);
            if (isInPlace && phase == UpgradePhase.Forward && !isCurrent && !isAside) yield return new ServiceChange.SetAside(member.Id);
            else if (isInPlace && phase == UpgradePhase.Back && isCurrent && isAside) yield return new ServiceChange.Restore(member.Id, Starts: false);
            else if (isInPlace && phase == UpgradePhase.Back && !isCurrent) yield return new ServiceChange.Retire(member.Id, "the upgrade is rolled back");
            else if (phase == UpgradePhase.None && isAside) yield return new ServiceChange.Retire(member.Id, "the upgrade that replaced it is finished");
            else if (member.Wanted is Container { Running: true }) yield return new ServiceChange.Stop(member.Id);
        }
    }

    private static IEnumerable<long> FreeIndexes(ImmutableArray<Unit> units)
    {
        var taken = units.Select(u => u.Index).ToHashSet();
        for (var index = 1L; ; index++)
            if (!taken.Contains(index))
                yield return index;
    }

    private static IEnumerable<ServiceChange> Retire(Unit unit, string reason)
        => unit.Kept.OrderByDescending(m => m.Id).Select(m => new ServiceChange.Retire(m.Id, reason));

    private static IEnumerable<ServiceChange> Everything(ImmutableArray<Unit> units, string reason) => units.SelectMany(u => Retire(u, reason));
}
