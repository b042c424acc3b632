using System.IO.Compression;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.Server.Metadata;

/// <summary>The environment as rancher-metadata downloads it: JSON objects one after another, each with its `metadata_kind` (clients.md section 5). Pure.</summary>
public static class MetadataContent
{
    private static readonly JsonSerializerOptions Options = new(ModelJson.Options)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
    };

    /// <summary>Writes the objects as raw deflate (RFC 1951).</summary>
    /// <param name="to">Stays open.</param>
    /// <param name="view">The environment.</param>
    /// <param name="hostUuid">The host that asks; null for an asker on none.</param>
    /// <param name="version">What the asker is to send back when it has taken this in.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static async Task WriteAsync(Stream to, EnvironmentView view, string? hostUuid, long version, CancellationToken cancel)
    {
        await using var deflate = new DeflateStream(to, CompressionLevel.Fastest, leaveOpen: true);
        foreach (var row in Rows(view, hostUuid, version)) await JsonSerializer.SerializeAsync(deflate, row, row.GetType(), Options, cancel);
    }

    /// <summary>The objects in the order of 1.6: what has a name, the links between them, and the asker's own part at the end.</summary>
    private static IEnumerable<object> Rows(EnvironmentView view, string? hostUuid, long version)
    {
        foreach (var network in view.Networks.Values) yield return Network(view, network);
        foreach (var host in view.Hosts.Values) yield return Host(view, host);
        foreach (var stack in view.Stacks.Values) yield return Stack(view, stack);
        foreach (var service in view.Services.Values)
            if (view.Stacks.Find(service.StackUuid) is { } stack)
                yield return Service(view, service, stack);
        foreach (var container in view.Containers.Values) yield return Container(view, container);
        foreach (var link in Links(view)) yield return link;
        yield return new { MetadataKind = "environment", view.Name, view.Uuid, RegionName = (string?)null };
        yield return Default(view, hostUuid, version);
    }

    private static object Network(EnvironmentView view, NetworkView network) => new
    {
        MetadataKind = "network",
        network.Name,
        network.Uuid,
        EnvironmentUuid = view.Uuid,
        network.IsDefault,
        network.HostPorts,
        network.Metadata,
        network.DefaultPolicyAction,
        Policy = (string?)null,
    };

    /// <summary>`hostId` is the one name in camel case.</summary>
    private static Dictionary<string, object?> Host(EnvironmentView view, HostView host) => new()
    {
        ["metadata_kind"] = "host",
        ["name"] = host.Name,
        ["uuid"] = host.Uuid,
        ["hostId"] = host.HostId,
        ["hostname"] = host.Hostname,
        ["agent_ip"] = host.AgentIp,
        ["agent_state"] = host.State,
        ["state"] = host.State,
        ["labels"] = host.Labels,
        ["memory"] = host.Memory,
        ["milli_cpu"] = host.MilliCpu,
        ["local_storage_mb"] = host.LocalStorageMb,
        ["environment_uuid"] = view.Uuid,
    };

    private static object Stack(EnvironmentView view, StackView stack) => new
    {
        MetadataKind = "stack",
        stack.Name,
        stack.Uuid,
        stack.System,
        EnvironmentName = view.Name,
        EnvironmentUuid = view.Uuid,
    };

    private static object Service(EnvironmentView view, ServiceView service, StackView stack) => new
    {
        MetadataKind = "service",
        service.Name,
        Uuid = service.RowUuid,
        StackName = stack.Name,
        service.StackUuid,
        PrimaryServiceName = service.PrimaryServiceName ?? service.Name,
        service.Kind,
        service.Hostname,
        service.Vip,
        service.CreateIndex,
        service.ExternalIps,
        service.Sidekicks,
        service.Ports,
        service.Expose,
        service.Labels,
        service.Metadata,
        service.Scale,
        service.Fqdn,
        service.HealthCheck,
        service.System,
        service.State,
        LbConfig = (string?)null,
        Token = (string?)null,
        EnvironmentUuid = view.Uuid,
    };

    private static object Container(EnvironmentView view, ContainerView container)
    {
        var service = ServiceOf(view, container);
        return new
        {
            MetadataKind = "container",
            container.Name,
            container.Uuid,
            container.PrimaryIp,
            Ips = container.PrimaryIp is { } ip ? [ip] : Array.Empty<string>(),
            container.Ports,
            ServiceName = service?.Name,
            ServiceUuid = service?.RowUuid,
            StackName = service is null ? null : view.Stacks.Find(service.StackUuid)?.Name,
            // The reader wants a service of whatever has a stack.
            StackUuid = service?.StackUuid,
            container.Labels,
            container.CreateIndex,
            container.HostUuid,
            HostIp = container.HostUuid is { } host ? view.Hosts.Find(host)?.AgentIp : null,
            container.Hostname,
            container.HealthState,
            container.StartCount,
            container.ServiceIndex,
            container.State,
            container.ExternalId,
            PrimaryMacAddress = container.MacAddress,
            container.MemoryReservation,
            container.MilliCpuReservation,
            container.NetworkUuid,
            NetworkFromContainerUuid = container.NetworkFromUuid,
            container.System,
            container.Dns,
            container.DnsSearch,
            HealthCheckHosts = Array.Empty<string>(),
            container.HealthCheck,
            EnvironmentUuid = view.Uuid,
        };
    }

    private static IEnumerable<object> Links(EnvironmentView view)
    {
        foreach (var container in view.Containers.Values)
        {
            if (ServiceOf(view, container) is { } service)
                yield return new { MetadataKind = "serviceContainerLink", ServiceUuid = service.RowUuid, ServiceName = service.Name, ContainerUuid = container.Uuid };
            foreach (var (alias, target) in container.Links.Items)
                yield return new { MetadataKind = "containerLink", ContainerUuid = container.Uuid, Key = alias, Value = target };
        }

        foreach (var service in view.Services.Values)
        {
            if (service.IsSidekick) continue;
            foreach (var (alias, uuid) in service.Links.Items)
                if (view.Services.Find(uuid) is { } target && view.Stacks.Find(target.StackUuid) is { } stack)
                    yield return new { MetadataKind = "serviceLink", ServiceUuid = service.Uuid, Key = $"{stack.Name}/{target.Name}", Value = alias };
        }
    }

    /// <summary>The reader fails on a `self` without its host, so that an asker on no host gets none.</summary>
    private static Dictionary<string, object?> Default(EnvironmentView view, string? hostUuid, long version)
    {
        var row = new Dictionary<string, object?>
        {
            ["metadata_kind"] = "defaultData",
            ["version"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        if (hostUuid is not null && view.Hosts.Find(hostUuid) is { } host) row["self"] = new { Host = Host(view, host) };
        return row;
    }

    private static ServiceView? ServiceOf(EnvironmentView view, ContainerView container)
        => container.ServiceUuid is { } uuid && view.Services.Find(uuid) is { } service && view.Stacks.Find(service.StackUuid) is not null ? service : null;
}
