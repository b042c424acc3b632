namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>What of a container depends on the host. Null means the engine's default. Limits of CPU, memory and block I/O are in the second part.</summary>
public sealed partial record HostConfig
{
    /// <summary>Entries <c>source:/path[:options]</c>, the source a host path or a volume's name.</summary>
    public IReadOnlyList<string>? Binds { get; init; }

    public IReadOnlyList<Mount>? Mounts { get; init; }

    /// <summary>Path in the container to mount options.</summary>
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    /// <summary>Containers by id or name, with <c>:ro</c> or <c>:rw</c> behind.</summary>
    public IReadOnlyList<string>? VolumesFrom { get; init; }

    /// <summary>The driver of volumes that the engine makes for this container.</summary>
    public string? VolumeDriver { get; init; }

    /// <summary>Options of the writable layer, such as <c>size</c>.</summary>
    public IReadOnlyDictionary<string, string>? StorageOpt { get; init; }

    /// <summary><c>bridge</c>, <c>host</c>, <c>none</c>, <c>container:ID</c> or a network's name.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Keys such as <c>80/tcp</c>; null where an exposed port is not published.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? PortBindings { get; init; }

    public bool? PublishAllPorts { get; init; }

    public IReadOnlyList<string>? Dns { get; init; }

    public IReadOnlyList<string>? DnsOptions { get; init; }

    public IReadOnlyList<string>? DnsSearch { get; init; }

    /// <summary>Entries <c>name:address</c>.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public bool? AutoRemove { get; init; }

    public LogConfig? LogConfig { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public bool? Privileged { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    public IReadOnlyList<string>? GroupAdd { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }

    /// <summary>Empty or <c>host</c>, or <c>container:ID</c>.</summary>
    public string? PidMode { get; init; }

    /// <summary><c>none</c>, <c>private</c>, <c>shareable</c>, <c>host</c> or <c>container:ID</c>.</summary>
    public string? IpcMode { get; init; }

    /// <summary>Empty or <c>host</c>.</summary>
    public string? UTSMode { get; init; }

    /// <summary>Empty or <c>host</c>.</summary>
    public string? UsernsMode { get; init; }

    /// <summary><c>private</c> or <c>host</c>; what is usual depends on the cgroup version.</summary>
    public string? CgroupnsMode { get; init; }

    public string? CgroupParent { get; init; }

    /// <summary>Such as <c>runc</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>Windows only: <c>default</c>, <c>process</c> or <c>hyperv</c>.</summary>
    public string? Isolation { get; init; }

    /// <summary>True puts a small init before the process, which reaps its orphans.</summary>
    public bool? Init { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }
}
