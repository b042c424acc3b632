using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Server.Services;

/// <summary>Brings one unit to its launch configs. Reads no clock, no store, no network.</summary>
internal static class UnitHealing
{
    /// <summary>How long a container that its host gave up on is shown before it is made anew.</summary>
    public static readonly TimeSpan ErrorShown = TimeSpan.FromSeconds(10);

    /// <summary>Replaces what a unit lost, together with what depends on it, brings back what was set aside for these launch configs, and starts what rests. Returns when to look again.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="launches">What it shall consist of.</param>
    /// <param name="hostId">The host it is made for; null for any.</param>
    /// <param name="now">Decides when a failed container is made anew.</param>
    /// <param name="changes">Where what is needed is added.</param>
    public static DateTimeOffset? Heal(Unit unit, ImmutableArray<Launch> launches, long? hostId, DateTimeOffset now, ImmutableArray<ServiceChange>.Builder changes)
    {
        DateTimeOffset? wake = null;
        var lost = new List<string>();
        var resting = new List<(Launch Launch, Entry Container)>();
        foreach (var launch in launches)
        {
            if (!unit.Members.TryGetValue(launch.Name, out var member))
            {
                if (unit.Others.FirstOrDefault(other => MayComeBack(other, launch)) is not { } aside) lost.Add(launch.Name);
                else if (aside.State == "stopped") resting.Add((launch, aside));
            }
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

        changes.AddRange(resting.Select(r => replaced.Contains(r.Launch.Name) ? (ServiceChange)new ServiceChange.Retire(r.Container.Id, "its unit lost what it depends on") : new ServiceChange.Restore(r.Container.Id, Starts: !(r.Launch.StartsOnce && HasRun(r.Container)))));
        if (replaced.Count > 0) changes.Add(new ServiceChange.Create(unit.Index, [.. launches.Where(l => replaced.Contains(l.Name))], unit, hostId));
        return wake;
    }

    /// <summary>The earlier of two times, of which one may be never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    private static bool MayComeBack(Entry other, Launch launch)
        => other is { State: "stopped" or "stopping", Wanted: Container { SetAside: true } container } && container.LaunchConfigName == launch.Name && Launch.SameVersion(container.Version, launch.Version);

    private static bool NeedsStart(Launch launch, Entry member)
        => member is { State: "stopped", Seen.Why: not { NextTry: not null } } && !(launch.StartsOnce && HasRun(member));

    private static bool HasRun(Entry member) => member.Seen is ContainerSeen { StartCount: > 0 } or ContainerSeen { FirstRunning: not null };

    // Its host tries again while it says when; one that says no more will not.
    private static bool IsGivenUp(Entry member) => member is { State: "error", Seen.Failed: true, Seen.Why.NextTry: null };
}
