using System.Globalization;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Volumes;

/// <summary>Finds and makes the volumes that containers name (VOL-01 to VOL-10). A name of the stack's templates is a volume of the stack, any other the engine's own on that host.</summary>
public sealed class NamedVolumes : IPlacementClaim
{
    public const string LocalDriver = "local";

    /// <summary>The volumes of a container that exist on one host only: it must run there (VOL-13).</summary>
    public static IEnumerable<Volume> BoundTo(Snapshot view, Container container)
    {
        foreach (var mount in VolumeMount.Of(container.Spec))
            if (TemplateOf(view, container, mount.Name) is { } template && OfTemplate(view, template, container) is { HostId: not null } volume)
                yield return volume;
        foreach (var id in container.Spec.DataVolumeMounts.Items.Values)
            if (view.Get<Volume>(id) is { HostId: not null } volume)
                yield return volume;
    }

    /// <summary>The engine's name of a volume that a placed container mounts.</summary>
    public static string EngineName(Snapshot view, Container container, string name)
        => TemplateOf(view, container, name) is { External: false } template && OfTemplate(view, template, container) is { } volume ? volume.Name! : name;

    /// <inheritdoc/>
    public Container Claim(WriteTx tx, Container container, Entry host)
    {
        foreach (var mount in VolumeMount.Of(container.Spec)) Ensure(tx, container, mount.Name, host.Id);
        foreach (var id in container.Spec.DataVolumeMounts.Items.Values)
            if (tx.View.Get<Volume>(id) is { HostId: null } volume)
                tx.Put(volume with { HostId = host.Id });
        return container;
    }

    private static void Ensure(WriteTx tx, Container container, string name, long hostId)
    {
        if (TemplateOf(tx.View, container, name) is { External: false } template)
        {
            switch (OfTemplate(tx.View, template, container))
            {
                case null:
                    Create(tx, container, template, hostId);
                    break;
                case { HostId: null } free:
                    tx.Put(free with { HostId = hostId });
                    break;
                case { HostId: { } at } when at != hostId:
                    throw new PlacementRefusedException($"the volume {name} is on another host");
            }

            return;
        }

        if (tx.View.By<Volume>("hostId", hostId).Any(v => v.Wanted.Name == name && !v.Wanted.RemoveRequested)) return;
        var unused = tx.View.By<Volume>("accountId", container.AccountId!.Value).Select(v => (Volume)v.Wanted).FirstOrDefault(v => v is { HostId: null, RemoveRequested: false } && v.Name == name);
        if (unused is not null) tx.Put(unused with { HostId = hostId });
        else tx.Create(new Volume { AccountId = container.AccountId, Name = name, Driver = container.Spec.VolumeDriver ?? LocalDriver, HostId = hostId });
    }

    private static void Create(WriteTx tx, Container container, VolumeTemplate template, long hostId)
    {
        var stack = tx.View.Get<Stack>(template.StackId);
        var id = tx.NextId(Catalog.All.Of<Volume>().Family);
        tx.Create(new Volume
        {
            Id = id,
            AccountId = container.AccountId,
            Name = string.Create(CultureInfo.InvariantCulture, $"{stack?.Name}_{template.Name}_{Digits(id):00000}"),
            Driver = string.IsNullOrEmpty(template.Driver) ? LocalDriver : template.Driver,
            DriverOpts = template.DriverOpts,
            StackId = template.StackId,
            VolumeTemplateId = template.Id,
            DeploymentUnitUuid = template.PerContainer ? container.DeploymentUnitUuid : null,
            HostId = hostId,
        });
    }

    // Five digits that look drawn by lot, as 1.6's do, and are the same wherever they are computed.
    private static long Digits(long id) => unchecked((ulong)id * 11400714819323198485UL >> 32) is var mixed ? (long)(mixed % 100_000) : 0;

    private static VolumeTemplate? TemplateOf(Snapshot view, Container container, string name)
        => container.StackId is not { } stack ? null
            : (VolumeTemplate?)view.By<VolumeTemplate>("stackId", stack).FirstOrDefault(t => t.Wanted.Name == name && !t.IsRemoved)?.Wanted;

    private static Volume? OfTemplate(Snapshot view, VolumeTemplate template, Container container)
        => view.By<Volume>("stackId", template.StackId!.Value)
            .Select(v => (Volume)v.Wanted)
            .FirstOrDefault(v => v.VolumeTemplateId == template.Id && !v.RemoveRequested && (!template.PerContainer || v.DeploymentUnitUuid == container.DeploymentUnitUuid));
}
