using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Server.Services;

/// <summary>A deployment unit: the containers that were made together for one slot of a service.</summary>
/// <param name="Uuid">Its uuid, on each member's label.</param>
/// <param name="Index">The number in the members' names.</param>
/// <param name="CreateIndex">Rises with every unit of the service and is never given again.</param>
/// <param name="Members">Those that are not going away, by launch config.</param>
/// <param name="Going">Those that are being removed.</param>
public sealed record Unit(string Uuid, long Index, long CreateIndex, ImmutableDictionary<string, Entry> Members, ImmutableArray<Entry> Going)
{
    /// <summary>The host of the unit; null while it has none.</summary>
    public long? HostId => Members.Values.Select(m => ((Container)m.Wanted).HostId).FirstOrDefault(id => id is not null);

    /// <summary>The host that the unit was made for (global services); null for any.</summary>
    public long? RequestedHostId => Members.Values.Select(m => ((Container)m.Wanted).RequestedHostId).FirstOrDefault(id => id is not null);

    /// <summary>The containers of a service as units, by rising create index.</summary>
    public static ImmutableArray<Unit> Of(IEnumerable<Entry> containers)
        => [.. containers.GroupBy(c => ((Container)c.Wanted).DeploymentUnitUuid ?? "", StringComparer.Ordinal).Select(Of).OrderBy(u => u.CreateIndex)];

    private static Unit Of(IGrouping<string, Entry> unit)
    {
        var members = ImmutableDictionary.CreateBuilder<string, Entry>(StringComparer.Ordinal);
        var going = ImmutableArray.CreateBuilder<Entry>();
        foreach (var entry in unit.OrderBy(e => e.Id))
        {
            if (entry.Wanted.RemoveRequested || entry.IsRemoved || !members.TryAdd(((Container)entry.Wanted).LaunchConfigName ?? "", entry)) going.Add(entry);
        }

        var first = (Container)unit.First().Wanted;
        return new Unit(unit.Key, first.ServiceIndex ?? 0, first.CreateIndex ?? 0, members.ToImmutable(), going.ToImmutable());
    }
}
