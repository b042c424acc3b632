using Drover.Compose.Codecs;

namespace Drover.Compose.Services;

/// <summary>The keys that set one field of a launch config; keys that set several, or none by themselves, are in <see cref="ServiceKeys"/>.</summary>
internal static class LaunchKeys
{
    private static readonly CapabilityListCodec Capabilities = new(
        "ALL", "AUDIT_CONTROL", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER",
        "KILL", "LEASE", "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETFCAP",
        "SETGID", "SETPCAP", "SETUID", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT", "SYS_PTRACE", "SYS_RAWIO",
        "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "WAKE_ALARM");

    private static readonly RecordCodec Disk = new(
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("root", "root", Codec.Boolean),
        new ComposeKey("size", "size", Codec.Text),
        new ComposeKey("driver", "driver", Codec.Text),
        new ComposeKey("opts", "opts", Codec.TextMap),
        new ComposeKey("read_iops", "readIops", Codec.Count),
        new ComposeKey("write_iops", "writeIops", Codec.Count));

    /// <summary>How an instance's health is judged; on an external service the same record stands on the service.</summary>
    public static readonly RecordCodec HealthCheck = new(
        new ComposeKey("port", "port", Codec.Port, Required: true),
        new ComposeKey("request_line", "requestLine", Codec.Text),
        new ComposeKey("interval", "interval", Codec.Count),
        new ComposeKey("response_timeout", "responseTimeout", Codec.Count),
        new ComposeKey("healthy_threshold", "healthyThreshold", Codec.Count),
        new ComposeKey("unhealthy_threshold", "unhealthyThreshold", Codec.Count),
        new ComposeKey("initializing_timeout", "initializingTimeout", Codec.Count),
        new ComposeKey("reinitializing_timeout", "reinitializingTimeout", Codec.Count),
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("strategy", "strategy", new OptionCodec("none", "recreate", "recreateOnQuorum")),
        new ComposeKey("recreate_on_quorum_strategy_config", "recreateOnQuorumStrategyConfig", new RecordCodec(new ComposeKey("quorum", "quorum", Codec.Count, Required: true))));

    /// <summary>Keys of docker-compose.yml, in the order in which they are exported.</summary>
    public static readonly IReadOnlyList<ComposeKey> Docker =
    [
        new("cap_add", "capAdd", Capabilities),
        new("cap_drop", "capDrop", Capabilities),
        new("cgroup_parent", "cgroupParent", Codec.Text),
        new("entrypoint", "entryPoint", Codec.Words),
        new("command", "command", Codec.Words),
        new("cpu_count", "cpuCount", Codec.Count),
        new("cpu_percent", "cpuPercent", Codec.Between(0, 100)),
        new("cpu_period", "cpuPeriod", Codec.Count),
        new("cpu_quota", "cpuQuota", Codec.Between(-1, int.MaxValue)),
        new("cpu_shares", "cpuShares", Codec.Count),
        new("cpuset", "cpuSet", Codec.Text),
        new("devices", "devices", Codec.TextList),
        new("blkio_weight", "blkioWeight", Codec.Between(0, 1000)),
        new("dns", "dns", Codec.TextList),
        new("dns_opt", "dnsOpt", Codec.TextList),
        new("dns_search", "dnsSearch", Codec.TextList),
        new("domainname", "domainName", Codec.Text),
        new("expose", "expose", new ExposeListCodec()),
        new("extra_hosts", "extraHosts", new HostListCodec()),
        new("group_add", "groupAdd", Codec.TextList),
        new("init", "runInit", Codec.Boolean, Default: "false"),
        new("ipc", "ipcMode", Codec.Text),
        new("isolation", "isolation", Codec.Text),
        new("mem_limit", "memory", Codec.Bytes),
        new("mem_reservation", "memoryReservation", Codec.Bytes),
        new("mem_swappiness", "memorySwappiness", Codec.Between(-1, 100)),
        new("memswap_limit", "memorySwap", Codec.Bytes),
        new("oom_kill_disable", "oomKillDisable", Codec.Boolean),
        new("oom_score_adj", "oomScoreAdj", Codec.Between(-1000, 1000)),
        new("pid", "pidMode", new OptionCodec("host")),
        new("pids_limit", "pidsLimit", Codec.Between(-1, int.MaxValue)),
        new("ports", "ports", new PortListCodec()),
        new("privileged", "privileged", Codec.Boolean, Default: "false"),
        new("read_only", "readOnly", Codec.Boolean, Default: "false"),
        new("restart", "restartPolicy", new RestartCodec()),
        new("security_opt", "securityOpt", Codec.TextList),
        new("shm_size", "shmSize", Codec.Bytes),
        new("stdin_open", "stdinOpen", Codec.Boolean, Default: "false"),
        new("stop_grace_period", "stopTimeout", Codec.Seconds),
        new("stop_signal", "stopSignal", Codec.Text),
        new("storage_opt", "storageOpt", Codec.TextMap),
        new("sysctls", "sysctls", Codec.TextMap),
        new("tmpfs", "tmpfs", new TmpfsCodec()),
        new("tty", "tty", Codec.Boolean, Default: "false"),
        new("ulimits", "ulimits", new UlimitCodec()),
        new("user", "user", Codec.Text),
        new("userns_mode", "usernsMode", Codec.Text),
        new("uts", "uts", Codec.Text),
        new("volume_driver", "volumeDriver", Codec.Text),
        new("volumes", "dataVolumes", new VolumeListCodec()),
        new("working_dir", "workingDir", Codec.Text),
    ];

    /// <summary>Keys of rancher-compose.yml, in the order in which they are exported.</summary>
    public static readonly IReadOnlyList<ComposeKey> Rancher =
    [
        new("health_check", "healthCheck", HealthCheck),
        new("milli_cpu_reservation", "milliCpuReservation", Codec.Count),
        new("drain_timeout_ms", "drainTimeoutMs", Codec.Count, Default: "0"),
        new("vcpu", "vcpu", Codec.Count, Default: "1"),
        new("memory", "memoryMb", Codec.Count),
        new("userdata", "userdata", Codec.Text),
        new("disks", "disks", new ListOfCodec(Disk)),
    ];
}
