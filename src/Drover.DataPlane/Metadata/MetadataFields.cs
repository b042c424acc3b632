using System.Collections.Immutable;
using Drover.DataPlane.Names;
using Drover.Model.Metadata;

namespace Drover.DataPlane.Metadata;

/// <summary>The fields of each object in one version of the tree (META-09 to META-13).</summary>
internal sealed class MetadataFields(EnvironmentIndex index, MetadataVersion version)
{
    private bool IsFolded => version == MetadataVersion.Folded;

    public MetadataNode Containers(ImmutableSortedDictionary<string, ContainerView> items) => Containers([.. items.Values]);

    public MetadataNode Containers(IReadOnlyCollection<ContainerView> items)
        => new MetadataList<ContainerView>(items, Of, c => Name(c.Name), c => c.Uuid) { IsNullWhenEmpty = true };

    public MetadataNode Services(IReadOnlyCollection<ServiceView> items)
        => new MetadataList<ServiceView>(items, Of, s => Name(s.Name), s => s.RowUuid) { IsNullWhenEmpty = true };

    public MetadataNode Stacks(ImmutableSortedDictionary<string, StackView> items)
        => new MetadataList<StackView>([.. items.Values], Of, s => Name(s.Name), s => s.Uuid) { IsNullWhenEmpty = true };

    public MetadataNode Hosts(ImmutableSortedDictionary<string, HostView> items)
        => new MetadataList<HostView>([.. items.Values], Of, h => h.Name, h => h.Uuid) { IsNullWhenEmpty = true };

    public MetadataNode Networks(ImmutableSortedDictionary<string, NetworkView> items)
        => new MetadataList<NetworkView>([.. items.Values], Of, n => n.Name, n => n.Uuid);

    public MetadataNode Of(ContainerView container)
    {
        var service = index.ServiceOf(container);
        var stack = service is null ? null : index.StackOf(container);
        List<MetadataField> fields =
        [
            new("create_index", () => MetadataNode.Of(container.CreateIndex)),
            new("dns", () => MetadataNode.ListOf(container.Dns.Items)),
            new("dns_search", () => MetadataNode.ListOf(container.DnsSearch.Items)),
            new("environment_uuid", () => MetadataNode.Of(index.View.Uuid)),
            new("external_id", () => MetadataNode.Of(container.ExternalId)),
            new("health_check", () => MetadataNode.Of(container.HealthCheck)),
            new("health_check_hosts", () => MetadataNode.ListOf([])),
            new("health_state", () => MetadataNode.Of(container.HealthState)),
            new("host_uuid", () => MetadataNode.Of(container.HostUuid)),
            new("hostname", () => MetadataNode.Of(container.Hostname)),
            new("ips", () => MetadataNode.ListOf(container.PrimaryIp is { Length: > 0 } ip ? [ip] : [])),
            new("labels", () => MetadataNode.MapOf(container.Labels.Items)),
            new("links", () => MetadataNode.MapOf(container.Links.Items, nullWhenEmpty: true)),
            new("memory_reservation", () => MetadataNode.Of(container.MemoryReservation)),
            new("metadata", () => new MetadataMap([])),
            Kind("container"),
            new("milli_cpu_reservation", () => MetadataNode.Of(container.MilliCpuReservation)),
            new("name", () => MetadataNode.Of(Name(container.Name))),
            new("network_from_container_uuid", () => MetadataNode.Of(container.NetworkFromUuid)),
            new("network_uuid", () => MetadataNode.Of(container.NetworkUuid)),
            new("ports", () => Ports(container)),
            new("primary_ip", () => MetadataNode.Of(container.PrimaryIp)),
            new("primary_mac_address", () => MetadataNode.Of(container.MacAddress)),
            new("service_index", () => MetadataNode.Of(container.ServiceIndex)),
            new("service_name", () => MetadataNode.Of(Name(service?.Name))),
            new("stack_name", () => MetadataNode.Of(Name(stack?.Name))),
            new("stack_uuid", () => MetadataNode.Of(stack?.Uuid)),
            new("start_count", () => MetadataNode.Of(container.StartCount)),
            new("state", () => MetadataNode.Of(container.State)),
            new("system", () => MetadataNode.Of(container.System)),
            new("uuid", () => MetadataNode.Of(container.Uuid)),
        ];
        if (service is not null) fields.Add(new("service_uuid", () => MetadataNode.Of(service.RowUuid)));
        return new MetadataMap(fields);
    }

    public MetadataNode Of(ServiceView service)
    {
        var stack = index.View.Stacks.Find(service.StackUuid);
        return new MetadataMap([
            new("containers", () => Members(service)),
            new("create_index", () => MetadataNode.Of(service.CreateIndex)),
            new("environment_uuid", () => MetadataNode.Of(index.View.Uuid)),
            new("expose", () => MetadataNode.ListOf(service.Expose.Items)),
            new("external_ips", () => MetadataNode.ListOf(service.ExternalIps.Items)),
            new("fqdn", () => MetadataNode.Of(service.Fqdn)),
            new("health_check", () => MetadataNode.Of(service.HealthCheck)),
            new("hostname", () => MetadataNode.Of(service.Hostname)),
            new("kind", () => MetadataNode.Of(service.Kind)),
            new("labels", () => MetadataNode.MapOf(service.Labels.Items)),
            new("lb_config", () => MetadataNode.Null),
            new("links", () => Links(service)),
            new("metadata", () => service.Metadata is null ? new MetadataMap([]) : MetadataNode.Of(service.Metadata)),
            Kind("service"),
            new("name", () => MetadataNode.Of(Name(service.Name))),
            new("ports", () => MetadataNode.ListOf(service.Ports.Items)),
            new("primary_service_name", () => MetadataNode.Of(Name(service.PrimaryServiceName ?? service.Name))),
            new("scale", () => MetadataNode.Of(service.Scale)),
            new("sidekicks", () => MetadataNode.ListOf([.. service.Sidekicks.Items.Select(s => Name(s)!)], nullWhenEmpty: IsFolded)),
            new("stack_name", () => MetadataNode.Of(Name(stack?.Name))),
            new("stack_uuid", () => MetadataNode.Of(service.StackUuid)),
            new("state", () => MetadataNode.Of(service.State)),
            new("system", () => MetadataNode.Of(service.System)),
            new("token", () => MetadataNode.Null),
            new("uuid", () => MetadataNode.Of(service.RowUuid)),
            new("vip", () => MetadataNode.Of(service.Vip)),
        ]);
    }

    public MetadataNode Of(StackView stack) => new MetadataMap([
        new("environment_name", () => MetadataNode.Of(index.View.Name)),
        new("environment_uuid", () => MetadataNode.Of(index.View.Uuid)),
        Kind("stack"),
        new("name", () => MetadataNode.Of(Name(stack.Name))),
        new("services", () => StackServices(stack)),
        new("system", () => MetadataNode.Of(stack.System)),
        new("uuid", () => MetadataNode.Of(stack.Uuid)),
    ]);

    public MetadataNode Of(HostView host)
    {
        List<MetadataField> fields =
        [
            new("agent_ip", () => MetadataNode.Of(host.AgentIp)),
            new("agent_state", () => MetadataNode.Of(host.State)),
            new("environment_uuid", () => MetadataNode.Of(index.View.Uuid)),
            new("hostname", () => MetadataNode.Of(host.Hostname)),
            new("labels", () => MetadataNode.MapOf(host.Labels.Items)),
            new("local_storage_mb", () => MetadataNode.Of(host.LocalStorageMb)),
            new("memory", () => MetadataNode.Of(host.Memory)),
            Kind("host"),
            new("milli_cpu", () => MetadataNode.Of(host.MilliCpu)),
            new("name", () => MetadataNode.Of(host.Name)),
            new("state", () => MetadataNode.Of(host.State)),
            new("uuid", () => MetadataNode.Of(host.Uuid)),
        ];
        if (!IsFolded) fields.Add(new("hostId", () => MetadataNode.Of(host.HostId)));
        return new MetadataMap(fields);
    }

    private MetadataMap Of(NetworkView network) => new MetadataMap([
        new("default_policy_action", () => MetadataNode.Of(network.DefaultPolicyAction)),
        new("environment_uuid", () => MetadataNode.Of(index.View.Uuid)),
        new("host_ports", () => MetadataNode.Of(network.HostPorts)),
        new("is_default", () => MetadataNode.Of(network.IsDefault)),
        new("metadata", () => network.Metadata is null ? new MetadataMap([]) : MetadataNode.Of(network.Metadata)),
        Kind("network"),
        new("name", () => MetadataNode.Of(network.Name)),
        new("policy", () => MetadataNode.Null),
        new("uuid", () => MetadataNode.Of(network.Uuid)),
    ]);

    private static MetadataField Kind(string kind) => new("metadata_kind", () => MetadataNode.Of(kind));

    private MetadataNode Members(ServiceView service)
    {
        ImmutableArray<ContainerView> members = [.. index.ContainersOf(service.Uuid)];
        return version == MetadataVersion.Names ? MetadataNode.ListOf([.. members.Select(c => c.Name)], nullWhenEmpty: true) : Containers(members);
    }

    private MetadataNode StackServices(StackView stack)
    {
        ImmutableArray<ServiceView> services = [.. index.ServicesOf(stack.Uuid)];
        return version == MetadataVersion.Names ? MetadataNode.ListOf([.. services.Select(s => s.Name)], nullWhenEmpty: true) : Services(services);
    }

    /// <summary>The linked services as "stack/service" with their aliases.</summary>
    private MetadataNode Links(ServiceView service)
    {
        var links = from link in service.Links.Items
                    let target = index.View.Services.Find(link.Value)
                    where target is not null
                    let stack = index.View.Stacks.Find(target.StackUuid)
                    where stack is not null
                    select KeyValuePair.Create(Name($"{stack.Name}/{target.Name}")!, link.Key);
        return MetadataNode.MapOf(links, nullWhenEmpty: true);
    }

    /// <summary>Ports with an address in front: any in the newest version, the host's in the older ones.</summary>
    private MetadataNode Ports(ContainerView container)
    {
        var host = container.HostUuid is { } uuid ? index.View.Hosts.Find(uuid)?.AgentIp : null;
        return MetadataNode.ListOf([.. container.Ports.Items.Select(port => Port(port, IsFolded ? null : host))], nullWhenEmpty: IsFolded);
    }

    private static string Port(string port, string? host)
    {
        var parts = port.Split(':');
        if (parts.Length == 3) return parts[0] == "0.0.0.0" && host is not null ? $"{host}:{parts[1]}:{parts[2]}" : port;
        return $"{host ?? "0.0.0.0"}:{port}";
    }

    private string? Name(string? name) => IsFolded ? name?.ToLowerInvariant() : name;
}
