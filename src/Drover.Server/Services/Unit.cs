using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;

namespace Drover.Server.Services;

/// <summary>A deployment unit: the containers that were made together for one slot of a service.</summary>
/// <param name="Uuid">Its uuid, on each member's label.</param>
/// <param name="Index">The number in the members' names.</param>
/// <param name="CreateIndex">Rises with every unit of the service and is never given again.</param>
/// <param name="Members">Those that stand for the launch configs of the unit, by their name.</param>
/// <param name="Going">Those that are being removed.</param>
public sealed record Unit(string Uuid, long Index, long CreateIndex, ImmutableDictionary<string, Entry> Members, ImmutableArray<Entry> Going)
{
    /// <summary>During an upgrade: those beside the members, set aside or about to be.</summary>
    public ImmutableArray<Entry> Others { get; init; } = [];

    /// <summary>All that is not being removed.</summary>
    public IEnumerable<Entry> Kept => Members.Values.Concat(Others);

    /// <summary>The host of the unit; null while it has none.</summary>
    public long? HostId => Kept.Select(m => ((Container)m.Wanted).HostId).FirstOrDefault(id => id is not null);

    /// <summary>The host that the unit was made for (global services); null for any.</summary>
    public long? RequestedHostId => Kept.Select(m => ((Container)m.Wanted).RequestedHostId).FirstOrDefault(id => id is not null);

    /// <summary>True where its primary runs, the one from before an upgrade included.</summary>
    public bool IsUp => Kept.Any(c => c.Wanted is Container { SetAside: false, LaunchConfigName: null or ContainerLabels.PrimaryLaunchConfig } && Runs(c));

    /// <summary>The containers of a service as units, by rising create index.</summary>
    /// <param name="containers">The containers.</param>
    /// <param name="service">Its launch configs say which of two containers of one name is the current one.</param>
    public static ImmutableArray<Unit> Of(IEnumerable<Entry> containers, Service service)
        => [.. containers.GroupBy(c => ((Container)c.Wanted).DeploymentUnitUuid ?? "", StringComparer.Ordinal).Select(unit => Of(unit, service)).OrderBy(u => u.CreateIndex)];

    /// <summary>True for a container that an upgrade put aside.</summary>
    public static bool IsSetAside(Entry container) => container.Wanted is Container { SetAside: true };

    /// <summary>True for a container that runs, or has run where it runs only once (CTR-32).</summary>
    public static bool Runs(Entry container)
        => container.State == "running" || (container is { State: "stopped", Seen: ContainerSeen { StartCount: > 0 }, Wanted: Container job } && job.Labels.IsTrue(ContainerLabels.StartOnce));

    private static Unit Of(IGrouping<string, Entry> unit, Service service)
    {
        var members = ImmutableDictionary.CreateBuilder<string, Entry>(StringComparer.Ordinal);
        var others = ImmutableArray.CreateBuilder<Entry>();
        foreach (var entry in unit.Where(e => !IsGoing(e)).OrderByDescending(e => Launch.IsCurrent(service, (Container)e.Wanted)).ThenBy(e => e.Id))
        {
            if (IsSetAside(entry) || !members.TryAdd(((Container)entry.Wanted).LaunchConfigName ?? "", entry)) others.Add(entry);
        }

        var first = (Container)unit.First().Wanted;
        return new Unit(unit.Key, first.ServiceIndex ?? 0, first.CreateIndex ?? 0, members.ToImmutable(), [.. unit.Where(IsGoing).OrderBy(e => e.Id)]) { Others = others.ToImmutable() };
    }

    private static bool IsGoing(Entry entry) => entry.Wanted.RemoveRequested || entry.IsRemoved;
}
