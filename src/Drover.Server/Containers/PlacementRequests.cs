using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Scheduling;
using Drover.Server.Volumes;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>A request to the scheduler with the containers it stands for.</summary>
public sealed record UnitRequest(PlacementRequest Request, ImmutableArray<Entry> Containers);

/// <summary>Turns containers without a host into requests: members of a deployment unit go together. Reads no clock.</summary>
public static class PlacementRequests
{
    /// <param name="view">The state.</param>
    /// <param name="unplaced">Numbers of containers without a host.</param>
    /// <param name="now">Decides whether a rejection still counts.</param>
    public static ImmutableArray<UnitRequest> Of(Snapshot view, IEnumerable<long> unplaced, DateTimeOffset now)
        => [.. unplaced
            .Select(id => view.Find<Container>(id))
            .OfType<Entry>()
            .Where(ContainerUses.IsUnplaced)
            .GroupBy(entry => ((Container)entry.Wanted).DeploymentUnitUuid ?? entry.Wanted.Uuid!, StringComparer.Ordinal)
            .Select(unit => Of(view, [.. unit], now))];

    private static UnitRequest Of(Snapshot view, ImmutableArray<Entry> members, DateTimeOffset now)
    {
        ImmutableArray<Container> containers = [.. members.Select(m => (Container)m.Wanted)];
        var (bound, by) = BoundTo(view, containers);
        var request = new PlacementRequest(members[0].Id, [.. containers.Select(ContainerUses.Of)])
        {
            RequestedHostId = containers.Select(c => c.RequestedHostId).FirstOrDefault(id => id is not null),
            Forced = containers is [{ ServiceId: null, RequestedHostId: not null }],
            BoundHostId = bound,
            BoundBy = by,
            RejectedHostIds = [.. members.Select(m => (ContainerSeen)m.Seen).Where(s => s.RejectedUntil > now).SelectMany(s => s.RejectedHostIds.Items).Distinct()],
            Rules = [.. containers.SelectMany(c => AffinityRule.Of(c.Labels)).Distinct()],
        };
        return new UnitRequest(request, members);
    }

    private static (long? HostId, string? By) BoundTo(Snapshot view, ImmutableArray<Container> members)
    {
        if (members[0].DeploymentUnitUuid is { } unit)
            foreach (var entry in view.By<Container>("deploymentUnitUuid", unit))
                if (entry.Wanted is Container { HostId: { } at, RemoveRequested: false, SetAside: false } mate && members.All(m => m.LaunchConfigName is null || m.LaunchConfigName != mate.LaunchConfigName))
                    return (at, $"the rest of its unit is on {NameOf(view, at)}");
        foreach (var id in members.SelectMany(m => m.Spec.DataVolumesFrom.Items.Concat(m.Spec.NetworkContainerId is { } net ? [net] : [])))
            if (members.All(m => m.Id != id) && view.Get<Container>(id) is { HostId: { } at } other)
                return (at, $"the container {other.Name} is on {NameOf(view, at)}");
        foreach (var volume in members.SelectMany(m => NamedVolumes.BoundTo(view, m)))
            return (volume.HostId, $"the volume {volume.Name} is on {NameOf(view, volume.HostId!.Value)}");
        return (null, null);
    }

    private static string NameOf(Snapshot view, long hostId)
        => view.Find<Host>(hostId) is { } host ? host.Wanted.Name ?? ((HostSeen)host.Seen).Hostname ?? ResourceId.Format(host.Kind, hostId) : "a host that is gone";
}
