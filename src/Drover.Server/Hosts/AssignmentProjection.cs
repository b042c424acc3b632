using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Model.Volumes;
using Drover.Protocol;
using Drover.Server.Agents;
using Drover.Server.Containers;
using Drover.Server.Volumes;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>What a host is told of a container or a volume. Pure: the same state gives the same assignment.</summary>
public static class AssignmentProjection
{
    private const int LongestHostname = 64;

    public static ContainerAssignment Of(Snapshot view, Entry entry, ServiceAccountVariables variables)
    {
        var container = (Container)entry.Wanted;
        var wanted = container.RemoveRequested ? WantedState.Removed : container.Running ? WantedState.Running : WantedState.Stopped;
        var basis = new ContainerAssignment
        {
            Uuid = container.Uuid!,
            Generation = container.Generation,
            Wanted = wanted,
            RestartCount = container.RestartCount,
            StopSeconds = container.StopSeconds,
            Name = container.Name,
            ImportedId = container.ImportedId,
        };
        if (container.ImportedId is not null) return basis;
        return basis with
        {
            EngineName = EngineName(container),
            Spec = WithVariables(WithEngineVolumes(view, container), variables.Of(view, container)),
            Labels = LabelsOf(container),
            Hostname = HostnameOf(container),
            Address = container.PrimaryIpAddress,
            DnsSearch = DnsSearchOf(view, container),
            NetworkFrom = UuidOf(view, container.Spec.NetworkContainerId),
            VolumesFrom = UuidsOf(view, container.Spec.DataVolumesFrom),
            StartAfter = StartAfterOf(view, container),
            StartOnce = container.Labels.IsTrue(ContainerLabels.StartOnce),
            KeepRunning = container is { ServiceId: not null, Running: true },
            RegistryAuth = wanted == WantedState.Running ? RegistryCredentials.For(view, container) : null,
        };
    }

    public static VolumeAssignment Of(Volume volume) => new(volume.Uuid!, volume.Name!, volume.Driver ?? NamedVolumes.LocalDriver, volume.DriverOpts);

    /// <summary>The name on the engine: `r-name-` and the first eight digits of the uuid (CTR-02).</summary>
    public static string EngineName(Container container)
        => string.IsNullOrEmpty(container.Name) ? $"r-{container.Uuid![..8]}" : $"r-{container.Name}-{container.Uuid![..8]}";

    private static EquatableMap<string> LabelsOf(Container container)
    {
        var labels = container.Labels.With(ContainerLabels.Uuid, container.Uuid!);
        if (!string.IsNullOrEmpty(container.Name)) labels = labels.With(ContainerLabels.Name, container.Name);
        if (container.PrimaryIpAddress is { } address) labels = labels.With(ContainerLabels.Address, $"{address}/16");
        return container.System ? labels.With(ContainerLabels.System, "true") : labels;
    }

    private static string? HostnameOf(Container container)
        => container.Labels.Find(ContainerLabels.HostnameOverride) == "container_name" && container.Name is { } name
            ? name[..Math.Min(name.Length, LongestHostname)]
            : container.Spec.Hostname;

    private static EquatableArray<string> DnsSearchOf(Snapshot view, Container container)
    {
        var stack = view.Get<Stack>(container.StackId)?.Name?.ToLowerInvariant();
        var service = view.Get<Service>(container.ServiceId)?.Name?.ToLowerInvariant();
        if (stack is null) return ["rancher.internal"];
        return service is null
            ? [$"{stack}.rancher.internal", "rancher.internal"]
            : [$"{stack}.rancher.internal", $"{service}.{stack}.rancher.internal", "rancher.internal"];
    }

    private static ContainerSpec WithEngineVolumes(Snapshot view, Container container)
    {
        var spec = container.Spec;
        var mounts = spec.DataVolumes.Items.Select(text =>
            VolumeMount.Parse(text) is { } mount && NamedVolumes.EngineName(view, container, mount.Name) is var name && name != mount.Name ? mount.As(name) : text).ToEquatableArray();
        var chosen = spec.DataVolumeMounts.Items
            .Select(mount => view.Get<Volume>(mount.Value)?.Name is { } name ? $"{name}:{mount.Key}" : null)
            .OfType<string>()
            .ToList();
        if (chosen.Count > 0) mounts = mounts.Items.Concat(chosen).ToEquatableArray();
        return mounts.Items.SequenceEqual(spec.DataVolumes.Items) ? spec : spec with { DataVolumes = mounts };
    }

    /// <summary>What is said of the API is the platform's word, whatever the container's own environment says.</summary>
    private static ContainerSpec WithVariables(ContainerSpec spec, IEnumerable<KeyValuePair<string, string>> variables)
        => variables.ToList() is { Count: > 0 } added ? spec with { Environment = spec.Environment.With(added) } : spec;

    private static EquatableArray<string> StartAfterOf(Snapshot view, Container container)
    {
        var others = container.Spec.DataVolumesFrom.Items.ToList();
        if (container.Spec.NetworkContainerId is { } network) others.Add(network);
        others.AddRange(container.InstanceLinks.Items.Values);
        return others.Count == 0 ? default : others.Distinct()
            .Select(id => view.Get<Container>(id))
            .Where(other => other is not null && other.HostId == container.HostId && other.Id != container.Id)
            .Select(other => other!.Uuid!)
            .ToEquatableArray();
    }

    private static EquatableArray<string> UuidsOf(Snapshot view, EquatableArray<long> ids)
        => ids.Count == 0 ? default : ids.Items.Select(id => UuidOf(view, id)).OfType<string>().ToEquatableArray();

    private static string? UuidOf(Snapshot view, long? id) => view.Get<Container>(id)?.Uuid;
}
