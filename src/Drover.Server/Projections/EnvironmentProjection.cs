using System.Globalization;
using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Model.Networks;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Projections;

/// <summary>What containers may learn of their environment: snapshot in, views out. Pure: the same state gives the same views.</summary>
public static class EnvironmentProjection
{
    /// <summary>The whole environment.</summary>
    public static EnvironmentView Of(Snapshot view, long environmentId)
    {
        var project = view.Get<Project>(environmentId);
        return new EnvironmentView(
            project?.Name ?? "",
            project?.Uuid ?? "",
            Map(view.By<Stack>("accountId", environmentId).Select(Stack), s => s.Uuid),
            Map(view.By<Service>("accountId", environmentId).SelectMany(s => Services(view, s)), s => s.Uuid),
            Map(view.By<Container>("accountId", environmentId).Select(c => Container(view, c)), c => c.Uuid),
            Map(view.By<Host>("accountId", environmentId).Select(Host), h => h.Uuid),
            Map(view.By<Network>("accountId", environmentId).Select(n => Network(view, n)), n => n.Uuid));
    }

    /// <summary>A stack; null where it is not to be seen.</summary>
    public static StackView? Stack(Entry entry)
        => entry is { IsRemoved: false, Wanted: Stack { Uuid: { } uuid, Name: { } name } stack } ? new StackView(uuid, name, stack.System) : null;

    /// <summary>A service and its sidekicks; none where it is not to be seen.</summary>
    public static IEnumerable<ServiceView> Services(Snapshot view, Entry entry)
    {
        if (entry is not { IsRemoved: false, Wanted: Service { Uuid: { } uuid, Name: { } name } service } || view.Get<Stack>(service.StackId)?.Uuid is not { } stack) return [];
        var sidekicks = service.SecondaryLaunchConfigs.Items.Where(s => s.Name is not null).ToList();
        var primary = new ServiceView
        {
            Uuid = uuid,
            Name = name,
            StackUuid = stack,
            Kind = entry.Kind.Name,
            PrimaryServiceName = name,
            Sidekicks = sidekicks.Select(s => s.Name!).ToEquatableArray(),
            Scale = service.Scale,
            State = entry.State,
            HealthState = (entry.Seen as ServiceSeen)?.HealthState,
            Vip = service.Vip,
            Fqdn = (entry.Seen as ServiceSeen)?.Fqdn,
            Ports = service.LaunchConfig?.Spec.Ports ?? default,
            Expose = service.LaunchConfig?.Spec.Expose ?? default,
            Labels = service.LaunchConfig?.Labels ?? default,
            Links = Linked<Service>(view, service.Links),
            Metadata = service.Metadata,
            CreateIndex = service.CreateIndex,
            System = service.System,
            HealthCheck = HealthCheckView.Of(service.LaunchConfig?.Spec.HealthCheck),
        };
        return sidekicks.Select(s => primary with
        {
            Uuid = ServiceView.SidekickUuid(uuid, s.Name!),
            Name = s.Name!,
            Sidekicks = default,
            Ports = s.Spec.Ports,
            Expose = s.Spec.Expose,
            Labels = s.Labels,
            HealthCheck = HealthCheckView.Of(s.Spec.HealthCheck),
        }).Prepend(primary);
    }

    /// <summary>A container; null where it is not to be seen.</summary>
    public static ContainerView? Container(Snapshot view, Entry entry)
    {
        if (entry is not { IsRemoved: false, Wanted: Container { Uuid: { } uuid, HostId: not null } container, Seen: ContainerSeen seen }) return null;
        var host = view.Find<Host>(container.HostId);
        var dns = ContainerNames.Of(view, container);
        return new ContainerView
        {
            Uuid = uuid,
            Name = container.Name ?? "",
            ExternalId = seen.ExternalId,
            PrimaryIp = AddressOf(container, host),
            HostUuid = host?.Wanted.Uuid,
            StackUuid = view.Get<Stack>(container.StackId)?.Uuid,
            ServiceUuid = ServiceOf(view, container),
            DeploymentUnitUuid = container.DeploymentUnitUuid,
            Hostname = container.Spec.Hostname,
            State = entry.State,
            HealthState = seen.HealthState,
            CreateIndex = container.CreateIndex,
            ServiceIndex = container.ServiceIndex?.ToString(CultureInfo.InvariantCulture),
            StartCount = seen.StartCount ?? 0,
            System = container.System,
            NetworkFromUuid = UuidOf(view, container.Spec.NetworkContainerId),
            NetworkMode = container.Spec.NetworkContainerId is null ? container.Spec.NetworkMode ?? "managed" : "container",
            Ports = container.Spec.Ports,
            Dns = dns.Servers,
            DnsSearch = dns.Search,
            NetAlias = container.Spec.NetAlias,
            Labels = container.Labels,
            Links = Linked<Container>(view, container.InstanceLinks),
            NetworkUuid = view.Get<Network>(container.PrimaryNetworkId)?.Uuid,
            MemoryReservation = container.Spec.MemoryReservation,
            MilliCpuReservation = container.Spec.MilliCpuReservation,
            HealthCheck = HealthCheckView.Of(container.Spec.HealthCheck),
        };
    }

    /// <summary>A host; null where it is not to be seen.</summary>
    public static HostView? Host(Entry entry)
        => entry is { IsRemoved: false, Wanted: Host { Uuid: { } uuid } host, Seen: HostSeen seen }
            ? new HostView
            {
                Uuid = uuid,
                Name = host.Name ?? seen.Hostname ?? "",
                Hostname = seen.Hostname,
                AgentIp = seen.AgentIpAddress,
                HostId = host.Id,
                State = entry.State,
                Memory = host.Memory,
                MilliCpu = host.MilliCpu,
                LocalStorageMb = host.LocalStorageMb,
                Labels = host.Labels,
            }
            : null;

    /// <summary>A network; null where it is not to be seen.</summary>
    public static NetworkView? Network(Snapshot view, Entry entry)
        => entry is { IsRemoved: false, Wanted: Network { Uuid: { } uuid } network }
            ? new NetworkView
            {
                Uuid = uuid,
                Name = network.Name ?? "",
                IsDefault = view.Get<Project>(network.AccountId)?.DefaultNetworkId == network.Id,
                HostPorts = network.HostPorts,
                DefaultPolicyAction = network.DefaultPolicyAction,
                Metadata = network.Metadata,
            }
            : null;

    private static string? AddressOf(Container container, Entry? host)
        => container.Spec.NetworkContainerId is not null ? null
            : container.Spec.NetworkMode == "host" ? (host?.Seen as HostSeen)?.AgentIpAddress
            : container.PrimaryIpAddress;

    private static string? ServiceOf(Snapshot view, Container container)
        => view.Get<Service>(container.ServiceId)?.Uuid is not { } uuid ? null
            : container.LaunchConfigName is null or ContainerLabels.PrimaryLaunchConfig ? uuid
            : ServiceView.SidekickUuid(uuid, container.LaunchConfigName);

    private static string? UuidOf(Snapshot view, long? containerId) => view.Find("instance", containerId ?? 0)?.Wanted.Uuid;

    private static EquatableMap<string> Linked<T>(Snapshot view, EquatableMap<long> links)
        where T : Resource
        => new(from link in links.Items
               let uuid = view.Get<T>(link.Value)?.Uuid
               where uuid is not null
               select KeyValuePair.Create(link.Key, uuid));

    private static EquatableMap<T> Map<T>(IEnumerable<T?> items, Func<T, string> key)
        where T : class
        => EquatableMap.Of<T>().With(items.OfType<T>().Select(item => KeyValuePair.Create(key(item), item)));
}
