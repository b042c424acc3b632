namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>All that the engine knows of one container.</summary>
public sealed record ContainerInspect
{
    public required string Id { get; init; }

    /// <summary>With a leading slash.</summary>
    public string? Name { get; init; }

    public DateTimeOffset? Created { get; init; }

    public string? Path { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public ContainerState? State { get; init; }

    /// <summary>The image's id; the name it was asked by is in <see cref="Config"/>.</summary>
    public string? Image { get; init; }

    public string? ResolvConfPath { get; init; }

    public string? HostnamePath { get; init; }

    public string? HostsPath { get; init; }

    public string? LogPath { get; init; }

    public int RestartCount { get; init; }

    /// <summary>The storage driver.</summary>
    public string? Driver { get; init; }

    public string? Platform { get; init; }

    public HostConfig? HostConfig { get; init; }

    public ContainerConfig? Config { get; init; }

    public IReadOnlyList<MountPoint>? Mounts { get; init; }

    public NetworkSettings? NetworkSettings { get; init; }

    /// <summary>Bytes written by the container, when sizes were asked for.</summary>
    public long? SizeRw { get; init; }

    /// <summary>Bytes in all, when sizes were asked for.</summary>
    public long? SizeRootFs { get; init; }
}

/// <summary>How a container's process is.</summary>
public sealed record ContainerState
{
    /// <summary><c>created</c>, <c>running</c>, <c>paused</c>, <c>restarting</c>, <c>removing</c>, <c>exited</c> or <c>dead</c>.</summary>
    public string? Status { get; init; }

    public bool Running { get; init; }

    public bool Paused { get; init; }

    public bool Restarting { get; init; }

    public bool OOMKilled { get; init; }

    public bool Dead { get; init; }

    /// <summary>In the engine's pid namespace; 0 when not running.</summary>
    public int Pid { get; init; }

    public long ExitCode { get; init; }

    public string? Error { get; init; }

    /// <summary>Null when never.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null when never.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public ContainerHealth? Health { get; init; }
}

/// <summary>What Docker's own health check says.</summary>
public sealed record ContainerHealth
{
    /// <summary><c>none</c>, <c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</summary>
    public string? Status { get; init; }

    public int FailingStreak { get; init; }
}

/// <summary>A mount as it is.</summary>
public sealed record MountPoint
{
    public string? Type { get; init; }

    /// <summary>The volume's name; absent for binds.</summary>
    public string? Name { get; init; }

    public string? Source { get; init; }

    public string? Destination { get; init; }

    /// <summary>The volume's driver.</summary>
    public string? Driver { get; init; }

    public string? Mode { get; init; }

    public bool RW { get; init; }

    public string? Propagation { get; init; }
}

/// <summary>The networks and ports of a container.</summary>
public sealed record NetworkSettings
{
    public string? SandboxID { get; init; }

    /// <summary>The path of its network namespace.</summary>
    public string? SandboxKey { get; init; }

    /// <summary>Keys such as <c>80/tcp</c>; null where not published.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    /// <summary>By the network's name.</summary>
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
