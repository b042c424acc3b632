using Drover.Model.Kernel;

namespace Drover.Model.Metadata;

/// <summary>What containers may learn of their environment, by name: the source of DNS answers and of the metadata service (features.md sections 10 and 11).</summary>
/// <param name="Name">The environment's name.</param>
/// <param name="Uuid">The environment's uuid.</param>
public sealed record EnvironmentView(
    string Name,
    string Uuid,
    EquatableMap<StackView> Stacks,
    EquatableMap<ServiceView> Services,
    EquatableMap<ContainerView> Containers,
    EquatableMap<HostView> Hosts,
    EquatableMap<NetworkView> Networks = default)
{
    /// <summary>A view of nothing.</summary>
    public static EnvironmentView Empty { get; } = new("", "", EquatableMap.Of<StackView>(), EquatableMap.Of<ServiceView>(), EquatableMap.Of<ContainerView>(), EquatableMap.Of<HostView>());

    /// <summary>The view after a delta; maps are keyed by uuid.</summary>
    public EnvironmentView After(EnvironmentDelta delta) => new(
        delta.Name ?? Name,
        delta.Uuid ?? Uuid,
        Patch(delta.Complete ? default : Stacks, delta.Stacks, delta.Removed),
        Patch(delta.Complete ? default : Services, delta.Services, delta.Removed),
        Patch(delta.Complete ? default : Containers, delta.Containers, delta.Removed),
        Patch(delta.Complete ? default : Hosts, delta.Hosts, delta.Removed),
        Patch(delta.Complete ? default : Networks, delta.Networks, delta.Removed));

    private static EquatableMap<T> Patch<T>(EquatableMap<T> map, EquatableMap<T> upserts, EquatableArray<string> removed)
        => new(map.Items.SetItems(upserts.Items).RemoveRange(removed.Items));
}

/// <summary>What changed in an <see cref="EnvironmentView"/>.</summary>
/// <param name="Complete">True where the maps hold everything.</param>
/// <param name="Removed">Uuids of any sort that are gone.</param>
public sealed record EnvironmentDelta(
    bool Complete,
    string? Name = null,
    string? Uuid = null,
    EquatableMap<StackView> Stacks = default,
    EquatableMap<ServiceView> Services = default,
    EquatableMap<ContainerView> Containers = default,
    EquatableMap<HostView> Hosts = default,
    EquatableArray<string> Removed = default,
    EquatableMap<NetworkView> Networks = default)
{
    /// <summary>All of a view, to begin with.</summary>
    public static EnvironmentDelta Of(EnvironmentView view)
        => new(true, view.Name, view.Uuid, view.Stacks, view.Services, view.Containers, view.Hosts, default, view.Networks);
}

/// <summary>A stack by name.</summary>
public sealed record StackView(string Uuid, string Name, bool System);

/// <summary>A service by name. A sidekick has a view of its own that names its primary.</summary>
public sealed record ServiceView
{
    /// <summary>The service's uuid; for a sidekick <see cref="SidekickUuid"/>.</summary>
    public required string Uuid { get; init; }
    public required string Name { get; init; }
    public required string StackUuid { get; init; }

    /// <summary>The API type, such as "service" or "externalService".</summary>
    public string Kind { get; init; } = "service";
    public string? PrimaryServiceName { get; init; }
    public EquatableArray<string> Sidekicks { get; init; }
    public long Scale { get; init; }
    public string? State { get; init; }
    public string? HealthState { get; init; }
    public string? Vip { get; init; }
    public string? Fqdn { get; init; }
    public string? Hostname { get; init; }
    public EquatableArray<string> ExternalIps { get; init; }
    public EquatableArray<string> Ports { get; init; }
    public EquatableArray<string> Expose { get; init; }
    public EquatableMap<string> Labels { get; init; }

    /// <summary>Linked services' uuids by alias.</summary>
    public EquatableMap<string> Links { get; init; }
    public RawJson? Metadata { get; init; }
    public long? CreateIndex { get; init; }
    public bool System { get; init; }

    /// <summary>The health check in the metadata service's own words; null where there is none.</summary>
    public RawJson? HealthCheck { get; init; }

    /// <summary>The uuid of the row in the API: a sidekick shows its primary's.</summary>
    public string RowUuid => Uuid.Split('/')[0];

    /// <summary>True where it stands beside a primary in one deployment unit.</summary>
    public bool IsSidekick => PrimaryServiceName is { } primary && !string.Equals(primary, Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The key of a sidekick: its primary's uuid, a slash and its name in lower case.</summary>
    public static string SidekickUuid(string primaryUuid, string name) => $"{primaryUuid}/{name.ToLowerInvariant()}";
}

/// <summary>A container by name and address.</summary>
public sealed record ContainerView
{
    public required string Uuid { get; init; }
    public required string Name { get; init; }
    public string? ExternalId { get; init; }
    public string? PrimaryIp { get; init; }
    public string? HostUuid { get; init; }
    public string? StackUuid { get; init; }

    /// <summary>Key into <see cref="EnvironmentView.Services"/>; null for standalone containers.</summary>
    public string? ServiceUuid { get; init; }
    public string? DeploymentUnitUuid { get; init; }
    public string? Hostname { get; init; }
    public string? State { get; init; }
    public string? HealthState { get; init; }
    public long? CreateIndex { get; init; }

    /// <summary>The number within its service, the last part of its name.</summary>
    public string? ServiceIndex { get; init; }
    public long StartCount { get; init; }
    public bool System { get; init; }

    /// <summary>Uuid of the container whose network it shares; null for its own.</summary>
    public string? NetworkFromUuid { get; init; }

    /// <summary>"managed", "host", "none", "bridge" or "container".</summary>
    public string? NetworkMode { get; init; }
    public EquatableArray<string> Ports { get; init; }
    public EquatableArray<string> Dns { get; init; }
    public EquatableArray<string> DnsSearch { get; init; }
    public EquatableArray<string> NetAlias { get; init; }
    public EquatableMap<string> Labels { get; init; }

    /// <summary>Linked containers' uuids by alias (standalone containers).</summary>
    public EquatableMap<string> Links { get; init; }
    public string? MacAddress { get; init; }
    public string? NetworkUuid { get; init; }

    /// <summary>Bytes.</summary>
    public long? MemoryReservation { get; init; }
    public long? MilliCpuReservation { get; init; }

    /// <summary>The health check in the metadata service's own words; null where there is none.</summary>
    public RawJson? HealthCheck { get; init; }
}

/// <summary>A network by name.</summary>
public sealed record NetworkView
{
    public required string Uuid { get; init; }
    public required string Name { get; init; }
    public bool IsDefault { get; init; }
    public bool HostPorts { get; init; }
    public string? DefaultPolicyAction { get; init; }
    public RawJson? Metadata { get; init; }
}

/// <summary>A host by name.</summary>
public sealed record HostView
{
    public required string Uuid { get; init; }
    public required string Name { get; init; }
    public string? Hostname { get; init; }
    public string? AgentIp { get; init; }
    public long? HostId { get; init; }
    public string? State { get; init; }
    public long? Memory { get; init; }
    public long? MilliCpu { get; init; }
    public long? LocalStorageMb { get; init; }
    public EquatableMap<string> Labels { get; init; }
}
