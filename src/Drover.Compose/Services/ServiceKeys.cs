using Drover.Compose.Codecs;

namespace Drover.Compose.Services;

/// <summary>The keys of a service that do not set one field of a launch config, and the set of all keys there are.</summary>
internal static class ServiceKeys
{
    /// <summary>Keys of rancher-compose.yml that set one field of the service itself, in the order in which they are exported.</summary>
    public static readonly IReadOnlyList<ComposeKey> Fields =
    [
        new("scale", "scale", Codec.Count),
        new("scale_policy", "scalePolicy", new RecordCodec(
            new ComposeKey("min", "min", Codec.Between(1, int.MaxValue), Required: true),
            new ComposeKey("max", "max", Codec.Between(1, int.MaxValue)),
            new ComposeKey("increment", "increment", Codec.Between(1, int.MaxValue)))),
        new("retain_ip", "retainIp", Codec.Boolean, Default: "false"),
        new("start_on_create", "startOnCreate", Codec.Boolean, Default: "false"),
        new("metadata", "metadata", Codec.Json),
    ];

    /// <summary>What <c>upgrade_strategy</c> sets for later upgrades.</summary>
    public static readonly RecordCodec UpgradeStrategy = new(
        new ComposeKey("start_first", "startFirst", Codec.Boolean),
        new ComposeKey("batch_size", "batchSize", Codec.Between(1, int.MaxValue)),
        new ComposeKey("interval_millis", "intervalMillis", Codec.Between(100, int.MaxValue)));

    /// <summary>The driver of a storageDriverService.</summary>
    public static readonly RecordCodec StorageDriver = new(
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("description", "description", Codec.Text),
        new ComposeKey("scope", "scope", new OptionCodec("local", "environment", "custom")),
        new ComposeKey("volume_access_mode", "volumeAccessMode", new OptionCodec("singleHostRW", "singleInstanceRW", "multiHostRW")),
        new ComposeKey("volume_capabilities", "volumeCapabilities", Codec.TextList),
        new ComposeKey("block_device_path", "blockDevicePath", Codec.Text),
        new ComposeKey("create_supported", "createSupported", new IgnoredCodec()),
        new ComposeKey("start_on_create", "startOnCreate", new IgnoredCodec()));

    /// <summary>The driver of a networkDriverService.</summary>
    public static readonly RecordCodec NetworkDriver = new(
        new ComposeKey("name", "name", Codec.Text),
        new ComposeKey("description", "description", Codec.Text),
        new ComposeKey("default_network", "defaultNetwork", new RecordCodec(
            new ComposeKey("name", "name", Codec.Text),
            new ComposeKey("kind", "kind", Codec.Text),
            new ComposeKey("host_ports", "hostPorts", Codec.Boolean),
            new ComposeKey("subnets", "subnets", new ListOfCodec(new RecordCodec(
                new ComposeKey("network_address", "networkAddress", Codec.Text),
                new ComposeKey("start_address", "startAddress", Codec.Text),
                new ComposeKey("end_address", "endAddress", Codec.Text),
                new ComposeKey("start", "startAddress", Codec.Text),
                new ComposeKey("end", "endAddress", Codec.Text),
                new ComposeKey("cidr_size", "cidrSize", Codec.Between(0, 32)),
                new ComposeKey("gateway", "gateway", Codec.Text)))),
            new ComposeKey("dns", "dns", Codec.TextList),
            new ComposeKey("dns_search", "dnsSearch", Codec.TextList),
            new ComposeKey("domain", "domain", Codec.Text),
            new ComposeKey("mac_prefix", "macPrefix", Codec.Text),
            new ComposeKey("default_policy_action", "defaultPolicyAction", new OptionCodec("allow", "deny")),
            new ComposeKey("policy", "policy", Codec.Json),
            new ComposeKey("metadata", "metadata", Codec.Json))),
        new ComposeKey("cni_config", "cniConfig", Codec.Json),
        new ComposeKey("network_metadata", "networkMetadata", Codec.Json));

    /// <summary>Keys that are known to compose and have no effect here: a warning, as in 1.6.</summary>
    public static readonly IReadOnlySet<string> Ignored = new HashSet<string>(StringComparer.Ordinal)
    {
        "container_name", "mac_address", "healthcheck", "deploy", "credential_spec", "runtime", "platform", "cpus", "cpu_rt_period", "cpu_rt_runtime",
        "configs", "device_cgroup_rules", "profiles", "pull_policy", "service_schemas", "blkio_config",
    };

    /// <summary>Every key that a service may have, in either file.</summary>
    public static readonly IReadOnlySet<string> All = new HashSet<string>(
        [.. LaunchKeys.Docker.Select(key => key.Name), .. LaunchKeys.Rancher.Select(key => key.Name), .. Fields.Select(key => key.Name), .. Ignored,
            "image", "build", "dockerfile", "labels", "environment", "env_file", "extends", "links", "external_links", "depends_on", "volumes_from",
            "net", "network_mode", "networks", "logging", "log_driver", "log_opt", "secrets", "hostname",
            "device_read_bps", "device_write_bps", "device_read_iops", "device_write_iops", "blkio_weight_device",
            "scale_min", "scale_max", "scale_increment", "upgrade_strategy", "type", "external_ips", "network_driver", "storage_driver",
            "lb_config", "load_balancer_config", "certs", "default_cert"],
        StringComparer.Ordinal);
}
