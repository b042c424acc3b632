using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Server.Services;

/// <summary>Compares what is wanted of a service with what is there. Reads no clock, no store, no network.</summary>
public static class ServicePlanner
{
    /// <summary>How long a container that its host gave up on is shown before it is made anew.</summary>
    public static readonly TimeSpan ErrorShown = TimeSpan.FromSeconds(10);

    /// <summary>How long a service waits before it looks for a free public port again.</summary>
    public static readonly TimeSpan PortsAgain = TimeSpan.FromSeconds(15);

    /// <param name="view">The service and its containers.</param>
    /// <param name="now">Decides when a failed container is made anew.</param>
    public static ServicePlan Plan(ServiceView view, DateTimeOffset now)
    {
        if (view.Service.RemoveRequested) return new ServicePlan([.. Everything(view.Units, "the service is removed")]);
        if (!view.Service.Running) return new ServicePlan([.. view.Units.SelectMany(u => u.Members.Values).Where(IsWantedRunning).Select(m => new ServiceChange.Stop(m.Id))]);
        var launches = Launch.Of(view.Service);
        if (launches.IsEmpty) return new ServicePlan([.. Everything(view.Units, "the service has no containers")]);
        var (kept, surplus) = view.IsGlobal ? Global(view) : Scaled(view);
        var changes = ImmutableArray.CreateBuilder<ServiceChange>();
        changes.AddRange(surplus.SelectMany(x => Retire(x.Unit, x.Reason)));
        if (view.Ports.Take is { } ports) return new ServicePlan(changes.ToImmutable().Add(new ServiceChange.TakePorts(ports)));
        if (view.Ports.Missing is not null) return new ServicePlan(changes.ToImmutable(), now + PortsAgain);
        DateTimeOffset? wake = null;
        foreach (var unit in kept)
        {
            var due = Heal(unit, launches, now, changes);
            wake = wake is null || due < wake ? due ?? wake : wake;
        }

        changes.AddRange(view.IsGlobal ? MissingOnHosts(view, kept, launches) : Missing(view, kept, launches));
        if (changes.Count == 0) changes.AddRange(Restarts(view.Service, kept));
        return new ServicePlan(changes.ToImmutable(), wake);
    }

    private static (List<Unit> Kept, List<(Unit Unit, string Reason)> Surplus) Scaled(ServiceView view)
    {
        var alive = view.Units.Where(u => !u.Members.IsEmpty).OrderBy(u => u.CreateIndex).ToList();
        var count = (int)Math.Clamp(view.Service.Scale, 0, int.MaxValue);
        return ([.. alive.Take(count)], [.. alive.Skip(count).Reverse().Select(u => (u, "the service was scaled down"))]);
    }

    private static (List<Unit> Kept, List<(Unit Unit, string Reason)> Surplus) Global(ServiceView view)
    {
        var kept = new List<Unit>();
        var surplus = new List<(Unit, string)>();
        var taken = new HashSet<long>();
        foreach (var unit in view.Units.Where(u => !u.Members.IsEmpty))
        {
            var host = unit.HostId ?? unit.RequestedHostId;
            if (host is { } id && view.GlobalHosts.ContainsKey(id) && taken.Add(id)) kept.Add(unit);
            else surplus.Add((unit, "its host no longer takes the service"));
        }

        return (kept, surplus);
    }

    private static IEnumerable<ServiceChange> Missing(ServiceView view, List<Unit> kept, ImmutableArray<Launch> launches)
        => FreeIndexes(view.Units).Take((int)Math.Clamp(view.Service.Scale - kept.Count, 0, int.MaxValue)).Select(index => new ServiceChange.Create(index, launches));

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

    private static IEnumerable<long> FreeIndexes(ImmutableArray<Unit> units)
    {
        var taken = units.Select(u => u.Index).ToHashSet();
        for (var index = 1L; ; index++)
            if (!taken.Contains(index))
                yield return index;
    }

    /// <summary>Replaces what a kept unit lost, together with what depends on it, and starts what rests. Returns when to look again.</summary>
    private static DateTimeOffset? Heal(Unit unit, ImmutableArray<Launch> launches, DateTimeOffset now, ImmutableArray<ServiceChange>.Builder changes)
    {
        DateTimeOffset? wake = null;
        var lost = new List<string>();
        foreach (var launch in launches)
        {
            if (!unit.Members.TryGetValue(launch.Name, out var member)) lost.Add(launch.Name);
            else if (IsGivenUp(member) && member.Seen.Why is { } why)
            {
                if (why.Since + ErrorShown <= now) lost.Add(launch.Name);
                else wake = Earlier(wake, why.Since + ErrorShown);
            }
        }

        var replaced = lost.Count == 0 ? [] : Launch.Dependents(launches, lost);
        foreach (var (name, member) in unit.Members.OrderBy(m => m.Value.Id))
        {
            var launch = launches.FirstOrDefault(l => l.Name == name);
            if (launch is null) changes.Add(new ServiceChange.Retire(member.Id, "its launch config is gone"));
            else if (replaced.Contains(name)) changes.Add(new ServiceChange.Retire(member.Id, IsGivenUp(member) ? "it failed" : "its unit lost what it depends on"));
            else if (NeedsStart(launch, member)) changes.Add(new ServiceChange.Start(member.Id));
        }

        if (replaced.Count > 0) changes.Add(new ServiceChange.Create(unit.Index, [.. launches.Where(l => replaced.Contains(l.Name))], unit, unit.RequestedHostId));
        return wake;
    }

    private static bool NeedsStart(Launch launch, Entry member)
        => member is { State: "stopped", Seen.Why: not { NextTry: not null } } && !(launch.StartsOnce && HasRun(member));

    private static bool HasRun(Entry member) => member.Seen is ContainerSeen { StartCount: > 0 } or ContainerSeen { FirstRunning: not null };

    // Its host tries again while it says when; one that says no more will not.
    private static bool IsGivenUp(Entry member) => member is { State: "error", Seen.Failed: true, Seen.Why.NextTry: null };

    private static bool IsWantedRunning(Entry member) => member.Wanted is Container { Running: true };

    private static IEnumerable<ServiceChange> Retire(Unit unit, string reason)
        => unit.Members.Values.OrderByDescending(m => m.Id).Select(m => new ServiceChange.Retire(m.Id, reason));

    private static IEnumerable<ServiceChange> Everything(ImmutableArray<Unit> units, string reason) => units.SelectMany(u => Retire(u, reason));

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
