namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>Where a container's port appears on the host.</summary>
public sealed record PortBinding
{
    /// <summary>Empty for all addresses.</summary>
    public string? HostIp { get; init; }

    /// <summary>A number as text; empty for one that the engine picks.</summary>
    public string? HostPort { get; init; }
}

/// <summary>What the engine does when the process ends.</summary>
public sealed record RestartPolicy
{
    /// <summary>Empty or <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</summary>
    public string? Name { get; init; }

    /// <summary>With <c>on-failure</c>; 0 without limit.</summary>
    public int? MaximumRetryCount { get; init; }
}

/// <summary>Where output goes; an empty type means the daemon's.</summary>
public sealed record LogConfig
{
    public string? Type { get; init; }

    public IReadOnlyDictionary<string, string>? Config { get; init; }
}

/// <summary>A device of the host in the container.</summary>
public sealed record DeviceMapping
{
    public required string PathOnHost { get; init; }

    public string? PathInContainer { get; init; }

    /// <summary>Some of <c>rwm</c>.</summary>
    public string? CgroupPermissions { get; init; }
}

/// <summary>A limit of the process, such as <c>nofile</c>.</summary>
public sealed record Ulimit(string Name, long Soft, long Hard);

/// <summary>A relative weight of one block device.</summary>
public sealed record WeightDevice(string Path, int Weight);

/// <summary>A limit of one block device, in bytes or operations per second.</summary>
public sealed record ThrottleDevice(string Path, long Rate);

/// <summary>A mount that is asked for.</summary>
public sealed record Mount
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>tmpfs</c> or <c>npipe</c>.</summary>
    public required string Type { get; init; }

    /// <summary>A host path or a volume's name.</summary>
    public string? Source { get; init; }

    /// <summary>The path in the container.</summary>
    public required string Target { get; init; }

    public bool? ReadOnly { get; init; }

    /// <summary><c>default</c>, <c>consistent</c>, <c>cached</c> or <c>delegated</c>.</summary>
    public string? Consistency { get; init; }

    public BindOptions? BindOptions { get; init; }

    public VolumeOptions? VolumeOptions { get; init; }

    public TmpfsOptions? TmpfsOptions { get; init; }
}

/// <summary>Of a mount of type <c>bind</c>.</summary>
public sealed record BindOptions
{
    /// <summary>Such as <c>rshared</c>.</summary>
    public string? Propagation { get; init; }

    public bool? NonRecursive { get; init; }
}

/// <summary>Of a mount of type <c>volume</c>.</summary>
public sealed record VolumeOptions
{
    public bool? NoCopy { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public DriverConfig? DriverConfig { get; init; }
}

/// <summary>The volume driver that makes a volume on first use.</summary>
public sealed record DriverConfig
{
    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }
}

/// <summary>Of a mount of type <c>tmpfs</c>.</summary>
public sealed record TmpfsOptions
{
    public long? SizeBytes { get; init; }

    /// <summary>Permission bits, as a decimal number.</summary>
    public int? Mode { get; init; }
}
