using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Server.Volumes;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>`serviceIds` of a container.</summary>
internal sealed class ContainerServiceIds : IViewField
{
    public string Kind => "container";

    public string Field => "serviceIds";

    public object? Value(ApiCall call, Entry entry)
        => entry.Wanted is Container { ServiceId: { } service } ? (EquatableArray<long>)[service] : null;
}

/// <summary>`agentId` of a container: its service account.</summary>
internal sealed class ContainerAgentId : IViewField
{
    public string Kind => "container";

    public string Field => "agentId";

    public object? Value(ApiCall call, Entry entry) => entry.Wanted is Container { AgentIds: { Count: > 0 } own } ? own.Items[0] : null;
}

/// <summary>`mounts` of a container: the named volumes that it has on its host.</summary>
internal sealed class ContainerMounts : IViewField
{
    public string Kind => "container";

    public string Field => "mounts";

    public object? Value(ApiCall call, Entry entry) => entry.Wanted is Container { HostId: not null } container ? Mounts.Of(call.Snapshot, container).ToEquatableArray() : null;
}

/// <summary>`mounts` of a volume: the containers that have it.</summary>
internal sealed class VolumeMounts : IViewField
{
    public string Kind => "volume";

    public string Field => "mounts";

    public object? Value(ApiCall call, Entry entry)
        => entry.Wanted is Volume { HostId: { } host }
            ? call.Snapshot.By<Container>("hostId", host).SelectMany(c => Mounts.Of(call.Snapshot, (Container)c.Wanted)).Where(m => m.VolumeId == entry.Id).ToEquatableArray()
            : null;
}

/// <summary>Which volumes containers have.</summary>
internal static class Mounts
{
    public static IEnumerable<MountEntry> Of(Snapshot view, Container container)
    {
        var mounts = VolumeMount.Of(container.Spec);
        if (mounts.IsEmpty || container.HostId is not { } host) yield break;
        var onHost = view.By<Volume>("hostId", host).Where(v => v.Wanted.Name is not null).GroupBy(v => v.Wanted.Name!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First());
        foreach (var mount in mounts)
            if (onHost.TryGetValue(NamedVolumes.EngineName(view, container, mount.Name), out var volume))
                yield return new MountEntry { InstanceId = container.Id, InstanceName = container.Name, Path = mount.Path, Permission = mount.Mode ?? "rw", VolumeId = volume.Id, VolumeName = volume.Wanted.Name };
    }
}
