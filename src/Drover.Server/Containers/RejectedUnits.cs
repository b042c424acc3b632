using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Reconcile;
using Drover.Server.Volumes;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>Takes a unit away from a host that cannot run it, so that it is placed elsewhere: failure before the start is no failure of the container.</summary>
public static class RejectedUnits
{
    /// <summary>So many hosts are tried before the last one is left to try it alone.</summary>
    private const int MostHosts = 4;

    /// <summary>Frees all members of the container's unit where another host may take them; the host that refused is left out for a while. Else it stays, and its host tries again.</summary>
    public static void PlaceAnew(WriteTx tx, long id)
    {
        if (tx.View.Find<Container>(id) is not { Wanted: Container container } rejected || !MayMove(tx.View, rejected)) return;
        var error = rejected.Seen.TransitioningMessage;
        var unit = container.DeploymentUnitUuid is { } uuid ? MovedTogether(tx.View.By<Container>("deploymentUnitUuid", uuid)) : [tx.View.Find<Container>(id)!];
        foreach (var entry in unit)
            if (entry.Wanted is Container { RemoveRequested: false, HostId: { } hostId } member && hostId == container.HostId)
                Free(tx, entry, member, hostId, error);
    }

    /// <summary>True where there is another host that may take it.</summary>
    public static bool MayMove(Snapshot view, Entry rejected)
        => rejected is { Wanted: Container { RequestedHostId: null, ImportedId: null, HostId: { } here, AccountId: { } environment } container, Seen: ContainerSeen seen }
            && seen.RejectedHostIds.Count < MostHosts - 1
            && !NamedVolumes.BoundTo(view, container).Any()
            && view.By<Host>("accountId", environment).Any(host => host.Id != here && !seen.RejectedHostIds.Items.Contains(host.Id) && HostOpening.WhyClosed(host) is null);

    // What an upgrade replaces stays where it is, whether it still runs or rests.
    private static List<Entry> MovedTogether(IEnumerable<Entry> unit)
        => [.. unit.Where(e => e.Wanted is Container { SetAside: false, RemoveRequested: false }).GroupBy(e => ((Container)e.Wanted).LaunchConfigName).Select(g => g.MaxBy(e => e.Id)!)];

    private static void Free(WriteTx tx, Entry entry, Container member, long hostId, string? error)
    {
        var seen = (ContainerSeen)entry.Seen;
        var until = tx.Now + ContainerReport.RejectedFor;
        var before = seen.RejectedHostIds.Items;
        tx.Put(member with { HostId = null, PrimaryIpAddress = null, State = "starting", Running = true, Generation = member.Generation + 1 });
        tx.PutSeen(entry.Kind.Family, entry.Id, seen with
        {
            ExternalId = null,
            RejectedHostIds = [.. before.Where(id => id != hostId), hostId],
            RejectedUntil = until,
            Failed = false,
            TransitioningMessage = error,
            Why = Waiting.For(seen.Why, error ?? "Its host could not run it", tx.Now, until),
        });
    }
}
