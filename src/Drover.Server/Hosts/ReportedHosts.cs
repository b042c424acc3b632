using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Containers;
using Drover.Server.Volumes;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>Writes what hosts reported. All of it runs in a write body and touches only what differs.</summary>
public static class ReportedHosts
{
    public static void Apply(WriteTx tx, IEnumerable<HostReport> reports)
    {
        foreach (var report in reports)
        {
            if (tx.View.Find<Host>(report.HostId) is not { IsRemoved: false } host) continue;
            switch (report.Message)
            {
                case Inventory inventory:
                    Containers(tx, report, host, inventory.Containers);
                    if (report.EngineUp) Missing(tx, host, inventory);
                    Volumes(tx, host, inventory.Volumes);
                    break;
                case StatusReport status:
                    if (status.Host is { } said) Describe(tx, host, said);
                    Containers(tx, report, host, status.Containers);
                    foreach (var uuid in status.Gone) Gone(tx, report, uuid);
                    Volumes(tx, host, status.Volumes);
                    foreach (var name in status.GoneVolumes) ReportedVolumes.Gone(tx, host.Id, name);
                    break;
            }
        }
    }

    /// <summary>Writes what a host says of itself.</summary>
    public static void Describe(WriteTx tx, Entry host, HostDescription said)
    {
        var now = tx.View.Find<Host>(host.Id)!;
        tx.PutSeen(now.Kind.Family, now.Id, HostFacts.Seen((HostSeen)now.Seen, said));
        var wanted = (Host)now.Wanted;
        var labels = wanted.Labels.With(HostFacts.Labels(said));
        if (labels != wanted.Labels) tx.Put(wanted with { Labels = labels });
    }

    private static void Containers(WriteTx tx, HostReport report, Entry host, EquatableArray<ContainerStatus> statuses)
    {
        foreach (var status in statuses)
        {
            if (Find(tx.View, report, status.Uuid) is { } entry) Update(tx, entry, status);
            else if (ImportedContainers.IsWanted(tx.View, status)) ImportedContainers.Create(tx, host, status);
        }
    }

    private static void Update(WriteTx tx, Entry entry, ContainerStatus status)
    {
        var wanted = (Container)entry.Wanted;
        var reported = ContainerReport.Read(wanted, (ContainerSeen)entry.Seen, status, tx.Now);
        if (reported.IsGone)
        {
            ContainerMoves.Bury(tx, entry);
            return;
        }

        if (reported.Wanted != wanted) tx.Put(reported.Wanted);
        tx.PutSeen(entry.Kind.Family, entry.Id, reported.Seen);
        if (reported.IsRejected) RejectedUnits.PlaceAnew(tx, entry.Id);
        else if (Ended(entry, reported) && wanted is { ServiceId: null, Spec.InstanceTriggeredStop: "remove" }) ContainerMoves.Remove(tx, entry.Id);
    }

    private static bool Ended(Entry before, Reported reported)
        => before.State == "running" && reported.Seen.State == "stopped" && reported.Seen.Why is null;

    private static void Gone(WriteTx tx, HostReport report, string uuid)
    {
        if (Find(tx.View, report, uuid) is { } entry) ContainerMoves.Bury(tx, entry);
    }

    // What reached its host once and is in no inventory was removed there by hand, or with the machine's disk.
    private static void Missing(WriteTx tx, Entry host, Inventory inventory)
    {
        var listed = inventory.Containers.Items.Select(c => c.Uuid).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in tx.View.By<Container>("hostId", host.Id).ToList())
            if (!listed.Contains(entry.Wanted.Uuid!) && entry.Seen is ContainerSeen { ExternalId: not null })
                ContainerMoves.Bury(tx, entry);
    }

    private static void Volumes(WriteTx tx, Entry host, EquatableArray<VolumeStatus> volumes)
    {
        foreach (var volume in volumes) ReportedVolumes.Update(tx, host.Id, volume);
    }

    private static Entry? Find(Snapshot view, HostReport report, string uuid)
    {
        var entry = report.IdOf(uuid) is { } id ? view.Find<Container>(id) : view.By<Container>("hostId", report.HostId).FirstOrDefault(c => c.Wanted.Uuid == uuid);
        return entry is { Wanted: Container { HostId: { } at } } && at == report.HostId && entry.Wanted.Uuid == uuid ? entry : null;
    }
}
