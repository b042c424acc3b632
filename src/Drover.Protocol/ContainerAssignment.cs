using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>What a container on a host shall be.</summary>
public enum WantedState
{
    Running,
    Stopped,
    Removed,
}

/// <summary>A container that a host shall run, stop or remove. Everything the host needs, so that it can go on alone.</summary>
public sealed record ContainerAssignment
{
    /// <summary>The container's uuid: label `io.rancher.container.uuid` on the engine.</summary>
    public required string Uuid { get; init; }

    /// <summary>The generation of what is wanted; a status names the one it has seen.</summary>
    public long Generation { get; init; }

    public WantedState Wanted { get; init; }

    /// <summary>Rises with every restart asked for.</summary>
    public long RestartCount { get; init; }

    /// <summary>Seconds that a stop waits before it kills; null for the engine's own.</summary>
    public long? StopSeconds { get; init; }

    /// <summary>The name shown to people; the engine's name is <see cref="EngineName"/>.</summary>
    public string? Name { get; init; }

    /// <summary>The name on the engine, such as "r-web-1-0a1b2c3d" (CTR-02).</summary>
    public string? EngineName { get; init; }

    /// <summary>The engine's own id of a container that was started by hand; null for ours.</summary>
    public string? ImportedId { get; init; }

    /// <summary>How it is run. Absent for imported containers.</summary>
    public ContainerSpec? Spec { get; init; }

    /// <summary>All labels, the platform's own included.</summary>
    public EquatableMap<string> Labels { get; init; }

    /// <summary>The host name inside it; null for the engine's own.</summary>
    public string? Hostname { get; init; }

    /// <summary>Its address on the managed network, such as "10.42.0.17"; null where it has none there.</summary>
    public string? Address { get; init; }

    /// <summary>Search domains in front of the user's own.</summary>
    public EquatableArray<string> DnsSearch { get; init; }

    /// <summary>Uuid of the container whose network it shares.</summary>
    public string? NetworkFrom { get; init; }

    /// <summary>Uuids of the containers whose volumes it shares.</summary>
    public EquatableArray<string> VolumesFrom { get; init; }

    /// <summary>Uuids of containers on this host that start first, where they are there.</summary>
    public EquatableArray<string> StartAfter { get; init; }

    /// <summary>True where an exit is normal and it is never started again (`io.rancher.container.start_once`).</summary>
    public bool StartOnce { get; init; }

    /// <summary>True where a service keeps it running: whatever ended it, the host starts it again (SVC-36). False where its restart policy alone decides, and a stop by hand stands (CTR-13, CTR-33).</summary>
    public bool KeepRunning { get; init; }

    /// <summary>Signs in to the image's registry; null for none.</summary>
    public RegistryAuth? RegistryAuth { get; init; }
}

/// <summary>Credentials of a registry, as the engine's X-Registry-Auth wants them. Never logged.</summary>
public sealed record RegistryAuth(string ServerAddress, string Username, string Password)
{
    public override string ToString() => $"RegistryAuth({ServerAddress})";
}

/// <summary>A named volume that the host shall have.</summary>
/// <param name="Name">The engine's name, as `docker volume ls` shows it.</param>
public sealed record VolumeAssignment(string Uuid, string Name, string Driver, EquatableMap<string> Options);

/// <summary>The managed network on a host.</summary>
/// <param name="Subnet">All its addresses, such as "10.42.0.0/16".</param>
/// <param name="Gateway">The host's own address on it, such as "10.42.0.1".</param>
/// <param name="Mtu">Bytes; null for the engine's own.</param>
/// <param name="HostUuid">The host itself in the environment's view; null where the server does not say.</param>
public sealed record NetworkAssignment(string Subnet, string Gateway, int? Mtu = null, string? HostUuid = null);
