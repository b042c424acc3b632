using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>How a container is run: the fields that a standalone container and a launch config share. Shared by reference between the containers of a service.</summary>
public sealed record ContainerSpec
{
    [Field("c")]
    public EquatableMap<BlkioDeviceOption> BlkioDeviceOptions { get; init; }

    [Field("c")]
    public long? BlkioWeight { get; init; }

    [Field("c")]
    public DockerBuild? Build { get; init; }

    [Field("c", Type = "array[enum]", Options = ["ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"])]
    public EquatableArray<string> CapAdd { get; init; }

    [Field("c", Type = "array[enum]", Options = ["ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM"])]
    public EquatableArray<string> CapDrop { get; init; }

    [Field("c")]
    public string? CgroupParent { get; init; }

    [Field("c")]
    public EquatableArray<string> Command { get; init; }

    [Field("c")]
    public long? CpuCount { get; init; }

    [Field("c")]
    public long? CpuPercent { get; init; }

    [Field("c")]
    public long? CpuPeriod { get; init; }

    [Field("c")]
    public long? CpuQuota { get; init; }

    [Field("c")]
    public long? CpuRealtimePeriod { get; init; }

    [Field("c")]
    public long? CpuRealtimeRuntime { get; init; }

    [Field("c")]
    public string? CpuSet { get; init; }

    [Field("c")]
    public string? CpuSetMems { get; init; }

    [Field("c")]
    public long? CpuShares { get; init; }

    [Field("c"), Ref("volume")]
    public EquatableMap<long> DataVolumeMounts { get; init; }

    [Field("c")]
    public EquatableArray<string> DataVolumes { get; init; }

    [Field("c"), Ref("container")]
    public EquatableArray<long> DataVolumesFrom { get; init; }

    [Field("c")]
    public EquatableArray<string> Devices { get; init; }

    [Field("c")]
    public long? DiskQuota { get; init; }

    [Field("c")]
    public EquatableArray<string> Dns { get; init; }

    [Field("c")]
    public EquatableArray<string> DnsOpt { get; init; }

    [Field("c")]
    public EquatableArray<string> DnsSearch { get; init; }

    [Field("c")]
    public string? DomainName { get; init; }

    [Field("c")]
    public EquatableArray<string> EntryPoint { get; init; }

    [Field("c", NotNull = true), For(Roles.ReadOnly, "-")]
    public EquatableMap<string> Environment { get; init; }

    [Field("c")]
    public EquatableArray<string> Expose { get; init; }

    [Field("c")]
    public EquatableArray<string> ExtraHosts { get; init; }

    [Field("c")]
    public EquatableArray<string> GroupAdd { get; init; }

    [Field("c")]
    public InstanceHealthCheck? HealthCheck { get; init; }

    [Field("c")]
    public EquatableArray<string> HealthCmd { get; init; }

    [Field("c")]
    public long? HealthInterval { get; init; }

    [Field("c")]
    public long? HealthRetries { get; init; }

    [Field("c")]
    public long? HealthTimeout { get; init; }

    [Field("c", MinLength = 1, MaxLength = 255, Filter = true)]
    public string? Hostname { get; init; }

    [Field("c")]
    public string? ImageUuid { get; init; }

    [Field("c", Type = "enum", Default = "\"stop\"", MaxLength = 128, Options = ["stop", "remove"], Filter = true)]
    public string? InstanceTriggeredStop { get; init; } = "stop";

    [Field("c")]
    public long? IoMaximumBandwidth { get; init; }

    [Field("c")]
    public long? IoMaximumIOps { get; init; }

    [Field("c")]
    public string? Ip { get; init; }

    [Field("c")]
    public string? Ip6 { get; init; }

    [Field("c")]
    public string? IpcMode { get; init; }

    [Field("c")]
    public string? Isolation { get; init; }

    [Field("c")]
    public long? KernelMemory { get; init; }

    [Field("c")]
    public LogConfig? LogConfig { get; init; }

    [Field("c")]
    public EquatableMap<string> LxcConf { get; init; }

    [Field("c")]
    public long? Memory { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public long? MemoryReservation { get; init; }

    [Field("c")]
    public long? MemorySwap { get; init; }

    [Field("c")]
    public long? MemorySwappiness { get; init; }

    [Field("c", MaxLength = 255, Filter = true)]
    public long? MilliCpuReservation { get; init; }

    [Field("c")]
    public EquatableArray<string> NetAlias { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("container")]
    public long? NetworkContainerId { get; init; }

    [Field("c", NotInList = true), Ref("network")]
    public EquatableArray<long> NetworkIds { get; init; }

    [Field("c", Default = "\"managed\"")]
    public string? NetworkMode { get; init; } = "managed";

    [Field("c")]
    public bool? OomKillDisable { get; init; }

    [Field("c")]
    public long? OomScoreAdj { get; init; }

    [Field("c", Type = "enum", Options = ["host"])]
    public string? PidMode { get; init; }

    [Field("c")]
    public long? PidsLimit { get; init; }

    [Field("c")]
    public EquatableArray<string> Ports { get; init; }

    [Field("c", Default = "false")]
    public bool Privileged { get; init; }

    [Field("c", Default = "false")]
    public bool PublishAllPorts { get; init; }

    [Field("c", Default = "false")]
    public bool ReadOnly { get; init; }

    [Field("c", MaxLength = 255, Filter = true), Ref("registryCredential")]
    public long? RegistryCredentialId { get; init; }

    [Field("-")]
    public string? RequestedIpAddress { get; init; }

    [Field("c")]
    public RestartPolicy? RestartPolicy { get; init; }

    [Field("c", Default = "false")]
    public bool RunInit { get; init; }

    [Field("c", NotNull = true), For(Roles.Environment | Roles.ProjectAdmin, "-")]
    public EquatableArray<SecretReference> Secrets { get; init; }

    [Field("c")]
    public EquatableArray<string> SecurityOpt { get; init; }

    [Field("c")]
    public long? ShmSize { get; init; }

    [Field("c", Default = "false")]
    public bool StdinOpen { get; init; }

    [Field("c")]
    public string? StopSignal { get; init; }

    [Field("c")]
    public long? StopTimeout { get; init; }

    [Field("c")]
    public EquatableMap<string> StorageOpt { get; init; }

    [Field("c")]
    public EquatableMap<string> Sysctls { get; init; }

    [Field("c")]
    public EquatableMap<string> Tmpfs { get; init; }

    [Field("c", Default = "false")]
    public bool Tty { get; init; }

    [Field("c")]
    public EquatableArray<Ulimit> Ulimits { get; init; }

    [Field("c", MinLength = 1)]
    public string? User { get; init; }

    [Field("c")]
    public string? UsernsMode { get; init; }

    [Field("c")]
    public string? Uts { get; init; }

    [Field("c")]
    public string? VolumeDriver { get; init; }

    [Field("c", MinLength = 1)]
    public string? WorkingDir { get; init; }
}
