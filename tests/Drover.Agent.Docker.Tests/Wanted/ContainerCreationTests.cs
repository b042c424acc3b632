using System.Text.Encodings.Web;
using System.Text.Json;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Wanted;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Protocol;
using LogConfig = Drover.Model.Containers.LogConfig;
using RestartPolicy = Drover.Model.Containers.RestartPolicy;
using Ulimit = Drover.Model.Containers.Ulimit;

namespace Drover.Agent.Docker.Tests.Wanted;

/// <summary>Wanted containers and the engine's requests they become.</summary>
public sealed class ContainerCreationTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Dictionary<string, string> EngineIds = new() { ["u-data"] = "aaa", ["u-net"] = "bbb" };

    [Fact]
    public void The_least_container_asks_for_the_managed_network_and_its_dns() =>
        Request(new ContainerAssignment { Uuid = "u-1", Spec = new ContainerSpec { ImageUuid = "docker:busybox" }, Address = "10.42.0.9" })
            .ShouldBe(Case("least"));

    [Fact]
    public void Every_field_of_a_spec_finds_its_place() => Request(Full).ShouldBe(Case("full"));

    [Fact]
    public void A_shared_network_takes_no_name_port_or_dns_of_its_own()
    {
        var request = ContainerCreation.Request(Full with { NetworkFrom = "u-net", Spec = Full.Spec! with { Uts = null } }, EngineIds, []);

        request.HostConfig!.NetworkMode.ShouldBe("container:bbb");
        request.NetworkingConfig.ShouldBeNull();
        request.Hostname.ShouldBeNull();
        request.Domainname.ShouldBeNull();
        request.ExposedPorts.ShouldBeNull();
        request.HostConfig.PortBindings.ShouldBeNull();
        request.HostConfig.PublishAllPorts.ShouldBeNull();
        request.HostConfig.Dns.ShouldBeNull();
        request.HostConfig.DnsSearch.ShouldBeNull();
        request.HostConfig.DnsOptions.ShouldBeNull();
        request.HostConfig.ExtraHosts.ShouldBeNull();
    }

    [Theory]
    [InlineData("host", "host", true, false)]
    [InlineData("none", "none", false, false)]
    [InlineData("bridge", "bridge", false, true)]
    [InlineData("other", "other", false, true)]
    [InlineData("managed", "drover", false, true)]
    public void Other_networks_have_ports_where_they_can_and_the_platforms_dns_where_a_label_asks(
        string mode, string expected, bool dns, bool ports)
    {
        var labels = dns ? new EquatableMap<string>([new("io.rancher.container.dns", "true")]) : default;
        var request = ContainerCreation.Request(
            Least with { Labels = labels, DnsSearch = ["rancher.internal"], Spec = Least.Spec! with { NetworkMode = mode, Ports = ["81:80"] } }, EngineIds, []);

        request.HostConfig!.NetworkMode.ShouldBe(expected);
        (request.HostConfig.PortBindings is not null).ShouldBe(ports);
        (request.HostConfig.Dns?.Contains("169.254.169.250") ?? false).ShouldBe(dns || mode == "managed");
        (request.HostConfig.DnsSearch?.Contains("rancher.internal") ?? false).ShouldBe(dns || mode == "managed");
    }

    [Fact]
    public void A_named_network_gets_the_users_own_address_and_aliases()
    {
        var request = ContainerCreation.Request(
            Least with { Address = "10.42.0.9", Spec = Least.Spec! with { NetworkMode = "lan", Ip = "192.168.4.5", Ip6 = "fd00::5", NetAlias = ["db"] } },
            EngineIds, []);

        var endpoint = request.NetworkingConfig!.EndpointsConfig!["lan"];
        endpoint.IPAMConfig.ShouldBe(new EndpointIpamConfig { IPv4Address = "192.168.4.5", IPv6Address = "fd00::5" });
        endpoint.Aliases.ShouldBe(["db"]);
    }

    [Theory]
    [InlineData(null, "web.rancher.internal,rancher.internal,users.test,host.test")]
    [InlineData("service_last", "users.test,host.test,web.rancher.internal,rancher.internal")]
    [InlineData("None", "users.test")]
    public void The_search_list_has_the_place_that_the_label_says(string? priority, string expected)
    {
        var labels = priority is null ? default : new EquatableMap<string>([new("io.rancher.container.dns.priority", priority)]);
        var request = ContainerCreation.Request(
            Least with
            {
                Labels = labels,
                DnsSearch = ["web.rancher.internal", "rancher.internal", "users.test"],
                Spec = Least.Spec! with { DnsSearch = ["users.test"] },
            },
            EngineIds, ["host.test"]);

        string.Join(',', request.HostConfig!.DnsSearch!).ShouldBe(expected);
    }

    [Theory]
    [InlineData("CMD-SHELL,true", "CMD-SHELL,true")]
    [InlineData("NONE", "NONE")]
    [InlineData("curl,-f,localhost", "CMD,curl,-f,localhost")]
    public void A_health_command_without_a_keyword_is_run_as_it_is(string given, string expected)
    {
        var request = ContainerCreation.Request(
            Least with { Spec = Least.Spec! with { HealthCmd = given.Split(',').ToEquatableArray() } }, EngineIds, []);

        string.Join(',', request.Healthcheck!.Test!).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1000L, null, 1024L)]
    [InlineData(250L, null, 256L)]
    [InlineData(1L, null, 2L)]
    [InlineData(250L, 77L, 77L)]
    [InlineData(null, null, null)]
    public void A_reserved_processor_weighs_1024_shares(long? milli, long? shares, long? expected) =>
        ContainerCreation.Request(Least with { Spec = Least.Spec! with { MilliCpuReservation = milli, CpuShares = shares } }, EngineIds, [])
            .HostConfig!.CpuShares.ShouldBe(expected);

    [Theory]
    [InlineData("/dev/a", "/dev/a", "/dev/a", "rwm")]
    [InlineData("/dev/a:r", "/dev/a", "/dev/a", "r")]
    [InlineData("/dev/a:/dev/b", "/dev/a", "/dev/b", "rwm")]
    [InlineData("/dev/a:/dev/b:rw", "/dev/a", "/dev/b", "rw")]
    public void A_device_is_read_into_the_engines_parts(string text, string outside, string inside, string permissions) =>
        HostSettings.Device(text).ShouldBe(new DeviceMapping { PathOnHost = outside, PathInContainer = inside, CgroupPermissions = permissions });

    [Fact]
    public void What_cannot_be_made_is_refused_before_the_engine_is_asked()
    {
        Failure(Least with { Spec = null }).ShouldBe(RuntimeFailure.Invalid);
        Failure(Least with { Spec = new ContainerSpec() }).ShouldBe(RuntimeFailure.Invalid);
        Failure(Least with { Spec = Least.Spec! with { Devices = ["/dev/a:/dev/b:x:y"] } }).ShouldBe(RuntimeFailure.Invalid);
        Failure(Least with { Spec = Least.Spec! with { NetworkMode = "container" } }).ShouldBe(RuntimeFailure.Invalid);
        Failure(Least with { NetworkFrom = "u-other" }).ShouldBe(RuntimeFailure.NotFound);
        Failure(Least with { VolumesFrom = ["u-other"] }).ShouldBe(RuntimeFailure.NotFound);
    }

    private static ContainerAssignment Least => new() { Uuid = "u-1", Spec = new ContainerSpec { ImageUuid = "docker:busybox" } };

    private static ContainerAssignment Full => new()
    {
        Uuid = "u-2", Name = "web-1", EngineName = "r-web-1-0a1b2c3d", Hostname = "web-1", Address = "10.42.0.17",
        Labels = new EquatableMap<string>([new("io.rancher.stack.name", "shop"), new("größe", "1")]),
        DnsSearch = ["shop.rancher.internal", "rancher.internal"], VolumesFrom = ["u-data"],
        Spec = new ContainerSpec
        {
            ImageUuid = "docker:host:5000/team/app:1", Command = ["serve", "a b"], EntryPoint = ["/init"], WorkingDir = "/srv", User = "1:2",
            Environment = new EquatableMap<string>([new("A", "1"), new("B", "x=y \"z\"")]), DomainName = "example.test",
            Tty = true, StdinOpen = true, StopSignal = "SIGINT", StopTimeout = 7,
            HealthCmd = ["true"], HealthInterval = 5, HealthTimeout = 2, HealthRetries = 3,
            Ports = ["8080:80", "127.0.0.1:8081:80/tcp", "53/udp"], Expose = ["9000"], PublishAllPorts = true,
            DataVolumes = ["/anonymous", "named:/data", "/host:/bound:ro"], VolumeDriver = "local",
            Dns = ["9.9.9.9"], DnsSearch = ["users.test"], DnsOpt = ["ndots:2"], ExtraHosts = ["db:10.0.0.2"], NetAlias = ["www"],
            CapAdd = ["NET_ADMIN"], CapDrop = ["ALL"], Privileged = true, ReadOnly = true, SecurityOpt = ["no-new-privileges"], GroupAdd = ["audio"],
            Devices = ["/dev/null:/dev/nil:r"], PidMode = "host", IpcMode = "host", Uts = "host", UsernsMode = "host", CgroupParent = "/p",
            Isolation = "default", RunInit = true, RestartPolicy = new RestartPolicy { Name = "always" },
            Sysctls = new EquatableMap<string>([new("net.core.somaxconn", "5")]), Tmpfs = new EquatableMap<string>([new("/t", "size=1m")]),
            StorageOpt = new EquatableMap<string>([new("size", "1g")]),
            LogConfig = new LogConfig { Driver = "json-file", Config = new EquatableMap<string>([new("max-size", "1m")]) },
            Ulimits = [new Ulimit { Name = "nofile", Soft = 1, Hard = 2 }, new Ulimit { Name = "nproc", Hard = 9 }],
            Memory = 1, MemoryReservation = 2, MemorySwap = 3, MemorySwappiness = 4, KernelMemory = 5, ShmSize = 6, OomKillDisable = true,
            OomScoreAdj = 8, PidsLimit = 9, CpuShares = 10, CpuPeriod = 11, CpuQuota = 12, CpuRealtimePeriod = 13, CpuRealtimeRuntime = 14,
            CpuSet = "0", CpuSetMems = "1", CpuCount = 15, CpuPercent = 16, IoMaximumBandwidth = 17, IoMaximumIOps = 18, BlkioWeight = 19,
            BlkioDeviceOptions = new EquatableMap<BlkioDeviceOption>(
            [
                new("/dev/a", new BlkioDeviceOption { ReadBps = 1, WriteBps = 2, ReadIops = 3, WriteIops = 4, Weight = 5 }),
                new("/dev/b", new BlkioDeviceOption { ReadBps = 6 }),
            ]),
        },
    };

    private static RuntimeFailure Failure(ContainerAssignment wanted) =>
        Should.Throw<RuntimeException>(() => ContainerCreation.Request(wanted, EngineIds, [])).Failure;

    private static string Request(ContainerAssignment wanted) =>
        Indented(JsonSerializer.Serialize(ContainerCreation.Request(wanted, EngineIds, []), EngineJson.Default.CreateContainerRequest));

    private static string Case(string name) =>
        Indented(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Wanted/Cases", $"{name}.json")));

    private static string Indented(string json) =>
        JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Readable);
}
