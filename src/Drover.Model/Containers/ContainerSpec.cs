using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>How a container is run: the fields that a standalone container and a launch config share. Shared by reference between the containers of a service.</summary>
public sealed record ContainerSpec
{
    /// <summary>Limits and weights per block device, by device path.</summary>
    [Field("c")]
    public EquatableMap<BlkioDeviceOption> BlkioDeviceOptions { get; init; }

    /// <summary>Relative weight of its block I/O, 10 to 1000.</summary>
    [Field("c")]
    public long? BlkioWeight { get; init; }

    /// <summary>How its image is built on the host instead of pulled.</summary>
    [Field("c")]
    public DockerBuild? Build { get; init; }

    /// <summary>Linux capabilities added to the engine's default set.</summary>
    [Field("c", Type = "array[enum]", Options = ["ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"])]
    public EquatableArray<string> CapAdd { get; init; }

    /// <summary>Linux capabilities taken from the engine's default set.</summary>
    [Field("c", Type = "array[enum]", Options = ["ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"])]
    public EquatableArray<string> CapDrop { get; init; }

    /// <summary>The cgroup under which its own is made.</summary>
    [Field("c")]
    public string? CgroupParent { get; init; }

    /// <summary>The command and its arguments; the image's own where not set.</summary>
    [Field("c")]
    public EquatableArray<string> Command { get; init; }

    /// <summary>Number of processors (Windows hosts).</summary>
    [Field("c")]
    public long? CpuCount { get; init; }

    /// <summary>Percent of the processors (Windows hosts).</summary>
    [Field("c")]
    public long? CpuPercent { get; init; }

    /// <summary>Length of a scheduling period, in microseconds.</summary>
    [Field("c")]
    public long? CpuPeriod { get; init; }

    /// <summary>Processor time per period, in microseconds.</summary>
    [Field("c")]
    public long? CpuQuota { get; init; }

    /// <summary>Length of a real-time scheduling period, in microseconds.</summary>
    [Field("c")]
    public long? CpuRealtimePeriod { get; init; }

    /// <summary>Real-time processor time per period, in microseconds.</summary>
    [Field("c")]
    public long? CpuRealtimeRuntime { get; init; }

    /// <summary>The processors it may use, such as "0-2,4".</summary>
    [Field("c")]
    public string? CpuSet { get; init; }

    /// <summary>The memory nodes it may use, such as "0,1".</summary>
    [Field("c")]
    public string? CpuSetMems { get; init; }

    /// <summary>Relative weight of its processor time.</summary>
    [Field("c")]
    public long? CpuShares { get; init; }

    /// <summary>Volumes of the platform by the path they are mounted at.</summary>
    [Field("c"), Ref("volume")]
    public EquatableMap<long> DataVolumeMounts { get; init; }

    /// <summary>Volumes in the engine's notation: "path", "name:path[:ro]" or "/host/path:path[:ro]".</summary>
    [Field("c")]
    public EquatableArray<string> DataVolumes { get; init; }

    /// <summary>Containers whose volumes it shares.</summary>
    [Field("c"), Ref("container")]
    public EquatableArray<long> DataVolumesFrom { get; init; }

    /// <summary>Host devices in the engine's notation: "/dev/x[:/dev/y[:rwm]]".</summary>
    [Field("c")]
    public EquatableArray<string> Devices { get; init; }

    /// <summary>Size limit of its own layer, in bytes.</summary>
    [Field("c")]
    public long? DiskQuota { get; init; }

    /// <summary>Name servers that replace those of the platform.</summary>
    [Field("c")]
    public EquatableArray<string> Dns { get; init; }

    /// <summary>Options of its resolver.</summary>
    [Field("c")]
    public EquatableArray<string> DnsOpt { get; init; }

    /// <summary>Search domains in front of those of the platform.</summary>
    [Field("c")]
    public EquatableArray<string> DnsSearch { get; init; }

    /// <summary>The domain part of its host name.</summary>
    [Field("c")]
    public string? DomainName { get; init; }

    /// <summary>What the command is given to; the image's own where not set.</summary>
    [Field("c")]
    public EquatableArray<string> EntryPoint { get; init; }

    /// <summary>Environment variables.</summary>
    [Field("c", NotNull = true), For(Roles.ReadOnly, "-")]
    public EquatableMap<string> Environment { get; init; }

    /// <summary>Ports it listens on that are not published, such as "8080/tcp".</summary>
    [Field("c")]
    public EquatableArray<string> Expose { get; init; }

    /// <summary>Lines for its hosts file: "name:address".</summary>
    [Field("c")]
    public EquatableArray<string> ExtraHosts { get; init; }

    /// <summary>Further groups of its user.</summary>
    [Field("c")]
    public EquatableArray<string> GroupAdd { get; init; }

    /// <summary>How the platform checks its health.</summary>
    [Field("c")]
    public InstanceHealthCheck? HealthCheck { get; init; }

    /// <summary>The engine's own health check: the command.</summary>
    [Field("c")]
    public EquatableArray<string> HealthCmd { get; init; }

    /// <summary>The engine's own health check: seconds between two.</summary>
    [Field("c")]
    public long? HealthInterval { get; init; }

    /// <summary>The engine's own health check: failures until it is unhealthy.</summary>
    [Field("c")]
    public long? HealthRetries { get; init; }

    /// <summary>The engine's own health check: seconds until one counts as failed.</summary>
    [Field("c")]
    public long? HealthTimeout { get; init; }

    /// <summary>Its host name; the start of the engine's id where not set.</summary>
    [Field("c", MinLength = 1, MaxLength = 255, Filter = true)]
    public string? Hostname { get; init; }

    /// <summary>The image with its kind in front: "docker:nginx:1.25".</summary>
    [Field("c")]
    public string? ImageUuid { get; init; }

    /// <summary>What follows when its process ends by itself: "stop" or "remove" (CTR-19).</summary>
    [Field("c", Type = "enum", Default = "\"stop\"", MaxLength = 128, Options = ["stop", "remove"], Filter = true, FilterAs = "string")]
    public string? InstanceTriggeredStop { get; init; } = "stop";

    /// <summary>Limit of its system drive, in bytes per second (Windows hosts).</summary>
    [Field("c")]
    public long? IoMaximumBandwidth { get; init; }

    /// <summary>Limit of its system drive, in operations per second (Windows hosts).</summary>
    [Field("c")]
    public long? IoMaximumIOps { get; init; }

    /// <summary>Its IPv4 address on the engine's network.</summary>
    [Field("c")]
    public string? Ip { get; init; }

    /// <summary>Its IPv6 address on the engine's network.</summary>
    [Field("c")]
    public string? Ip6 { get; init; }

    /// <summary>Whose IPC namespace it uses.</summary>
    [Field("c")]
    public string? IpcMode { get; init; }

    /// <summary>Isolation technology (Windows hosts).</summary>
    [Field("c")]
    public string? Isolation { get; init; }

    /// <summary>Limit of kernel memory, in bytes.</summary>
    [Field("c")]
    public long? KernelMemory { get; init; }

    /// <summary>Where its output goes.</summary>
    [Field("c")]
    public LogConfig? LogConfig { get; init; }

    /// <summary>Options of the LXC driver; kept for old files.</summary>
    [Field("c")]
    public EquatableMap<string> LxcConf { get; init; }

    /// <summary>Limit of memory, in bytes.</summary>
    [Field("c")]
    public long? Memory { get; init; }

    /// <summary>Soft limit of memory, in bytes; the scheduler counts it.</summary>
    [Field("c", MaxLength = 255, Filter = true)]
    public long? MemoryReservation { get; init; }

    /// <summary>Limit of memory and swap, in bytes; -1 for none.</summary>
    [Field("c")]
    public long? MemorySwap { get; init; }

    /// <summary>How eagerly it is swapped out, 0 to 100.</summary>
    [Field("c")]
    public long? MemorySwappiness { get; init; }

    /// <summary>Thousandths of a processor that the scheduler counts.</summary>
    [Field("c", MaxLength = 255, Filter = true)]
    public long? MilliCpuReservation { get; init; }

    /// <summary>Further names on its network.</summary>
    [Field("c")]
    public EquatableArray<string> NetAlias { get; init; }

    /// <summary>The container whose network it shares; for network mode "container".</summary>
    [Field("c", MaxLength = 255, Filter = true), Ref("container")]
    public long? NetworkContainerId { get; init; }

    /// <summary>Networks it joins.</summary>
    [Field("c", NotInList = true), Ref("network")]
    public EquatableArray<long> NetworkIds { get; init; }

    /// <summary>"managed", "bridge", "host", "none" or "container".</summary>
    [Field("c", Default = "\"managed\"")]
    public string? NetworkMode { get; init; } = "managed";

    /// <summary>True to never kill it for lack of memory.</summary>
    [Field("c")]
    public bool? OomKillDisable { get; init; }

    /// <summary>Shifts the choice of what is killed for lack of memory, -1000 to 1000.</summary>
    [Field("c")]
    public long? OomScoreAdj { get; init; }

    /// <summary>"host" to share the host's processes.</summary>
    [Field("c", Type = "enum", Options = ["host"])]
    public string? PidMode { get; init; }

    /// <summary>Limit of processes; -1 for none.</summary>
    [Field("c")]
    public long? PidsLimit { get; init; }

    /// <summary>Published ports: "[address:][public:]private[/protocol]".</summary>
    [Field("c")]
    public EquatableArray<string> Ports { get; init; }

    /// <summary>True to give it all rights on the host.</summary>
    [Field("c", Default = "false")]
    public bool Privileged { get; init; }

    /// <summary>True to publish all exposed ports at random host ports.</summary>
    [Field("c", Default = "false")]
    public bool PublishAllPorts { get; init; }

    /// <summary>True to mount its root file system read-only.</summary>
    [Field("c", Default = "false")]
    public bool ReadOnly { get; init; }

    /// <summary>The credential that its image is pulled with.</summary>
    [Field("c", MaxLength = 255, Filter = true), Ref("registryCredential")]
    public long? RegistryCredentialId { get; init; }

    /// <summary>The address it shall have on the managed network.</summary>
    [Field("-")]
    public string? RequestedIpAddress { get; init; }

    /// <summary>What the host does when its process ends.</summary>
    [Field("c")]
    public RestartPolicy? RestartPolicy { get; init; }

    /// <summary>True to run a small init as its first process.</summary>
    [Field("c", Default = "false")]
    public bool RunInit { get; init; }

    /// <summary>Secrets and where they are put.</summary>
    [Field("c", NotNull = true), For(Roles.Environment | Roles.ProjectAdmin, "-")]
    public EquatableArray<SecretReference> Secrets { get; init; }

    /// <summary>Security options of the engine, such as "no-new-privileges".</summary>
    [Field("c")]
    public EquatableArray<string> SecurityOpt { get; init; }

    /// <summary>Size of /dev/shm, in bytes.</summary>
    [Field("c")]
    public long? ShmSize { get; init; }

    /// <summary>True to keep its standard input open.</summary>
    [Field("c", Default = "false")]
    public bool StdinOpen { get; init; }

    /// <summary>The signal that asks it to end; the image's own or SIGTERM where not set.</summary>
    [Field("c")]
    public string? StopSignal { get; init; }

    /// <summary>Seconds between that signal and the kill.</summary>
    [Field("c")]
    public long? StopTimeout { get; init; }

    /// <summary>Options of the engine's storage driver.</summary>
    [Field("c")]
    public EquatableMap<string> StorageOpt { get; init; }

    /// <summary>Kernel parameters of its namespaces.</summary>
    [Field("c")]
    public EquatableMap<string> Sysctls { get; init; }

    /// <summary>Options of temporary file systems by path.</summary>
    [Field("c")]
    public EquatableMap<string> Tmpfs { get; init; }

    /// <summary>True to give it a terminal.</summary>
    [Field("c", Default = "false")]
    public bool Tty { get; init; }

    /// <summary>Resource limits of its processes.</summary>
    [Field("c")]
    public EquatableArray<Ulimit> Ulimits { get; init; }

    /// <summary>User name or number, with an optional group: "user[:group]".</summary>
    [Field("c", MinLength = 1)]
    public string? User { get; init; }

    /// <summary>"host" to leave the engine's user namespace.</summary>
    [Field("c")]
    public string? UsernsMode { get; init; }

    /// <summary>"host" to share the host's name.</summary>
    [Field("c")]
    public string? Uts { get; init; }

    /// <summary>The driver of its named volumes.</summary>
    [Field("c")]
    public string? VolumeDriver { get; init; }

    /// <summary>The directory its command starts in.</summary>
    [Field("c", MinLength = 1)]
    public string? WorkingDir { get; init; }
}
