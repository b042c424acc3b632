using System.Text.Json;
using Drover.Agent.Docker.Engine;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Engine.Containers;

/// <summary>Every field of a creation that Linux engines know arrives in the container.</summary>
public sealed class CreateContainerTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ContainerOperations Containers => fixture.Engine.Containers;

    [Fact]
    public async Task Every_field_of_the_config_is_seen_again()
    {
        var asked = new CreateContainerRequest
        {
            Image = TestImages.Busybox, Hostname = "own", Domainname = "example.test", User = "0:0",
            Tty = true, OpenStdin = true, StdinOnce = true, AttachStdin = true, AttachStdout = true, AttachStderr = true,
            ExposedPorts = new Dictionary<string, EmptyObject> { ["80/tcp"] = EmptyObject.Value },
            Env = ["A=1", "PATH=/bin"], Cmd = ["1000"], Entrypoint = ["sleep"], WorkingDir = "/tmp",
            Volumes = new Dictionary<string, EmptyObject> { ["/data"] = EmptyObject.Value },
            Labels = new Dictionary<string, string> { ["a"] = "b" }, StopSignal = "SIGINT", StopTimeout = 3,
            Healthcheck = new HealthConfig
            {
                Test = ["CMD", "true"], Interval = 5_000_000_000, Timeout = 1_000_000_000, StartPeriod = 2_000_000_000, Retries = 4,
            },
        };
        var made = await Containers.CreateAsync(asked, cancellation: Cancellation);

        var seen = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).Config!;

        AssertSame(
            JsonSerializer.SerializeToElement(asked, EngineJson.Default.CreateContainerRequest),
            JsonSerializer.SerializeToElement(seen, EngineJson.Default.ContainerConfig));
        await Containers.RemoveAsync(made.Id, volumes: true, cancellation: Cancellation);
    }

    [Fact]
    public async Task Every_field_of_the_host_config_is_seen_again()
    {
        var other = await fixture.RunAsync("sleep", "1000");
        var asked = new HostConfig
        {
            Binds = ["/tmp:/bound:ro"], Mounts = [new Mount { Type = "tmpfs", Target = "/m", TmpfsOptions = new TmpfsOptions { SizeBytes = 65536, Mode = 493 } }],
            Tmpfs = new Dictionary<string, string> { ["/t"] = "size=64k" }, VolumesFrom = [$"{other}:ro"], VolumeDriver = "local",
            NetworkMode = "bridge", PublishAllPorts = true,
            PortBindings = new Dictionary<string, IReadOnlyList<PortBinding>?> { ["80/tcp"] = [new PortBinding { HostIp = "127.0.0.1", HostPort = "8123" }] },
            Dns = ["10.0.0.1"], DnsOptions = ["ndots:1"], DnsSearch = ["example.test"], ExtraHosts = ["db:10.0.0.2"],
            RestartPolicy = new RestartPolicy { Name = "on-failure", MaximumRetryCount = 3 },
            LogConfig = new LogConfig { Type = "json-file", Config = new Dictionary<string, string> { ["max-size"] = "1m" } },
            CapAdd = ["NET_ADMIN"], CapDrop = ["MKNOD"], Privileged = false, ReadonlyRootfs = true, SecurityOpt = ["no-new-privileges", "label=disable"],
            GroupAdd = ["10"], Sysctls = new Dictionary<string, string> { ["net.ipv4.ip_forward"] = "1" },
            Devices = [new DeviceMapping { PathOnHost = "/dev/null", PathInContainer = "/dev/nil", CgroupPermissions = "rw" }],
            DeviceCgroupRules = ["c 1:3 rwm"], PidMode = "host", IpcMode = "host", UTSMode = "host", UsernsMode = "host", CgroupnsMode = "host",
            CgroupParent = "/lab-test", Runtime = "runc", Init = true, MaskedPaths = ["/proc/kcore"], ReadonlyPaths = ["/proc/sys"],
            AutoRemove = false, Memory = 64 << 20, MemoryReservation = 32 << 20, MemorySwap = 128 << 20, MemorySwappiness = 10,
            ShmSize = 1 << 20, OomKillDisable = false, OomScoreAdj = 100, PidsLimit = 50, CpuShares = 512, CpuPeriod = 100_000, CpuQuota = 50_000,
            CpusetCpus = "0", CpusetMems = "0",
            Ulimits = [new Ulimit("nofile", 100, 200)],
        };
        var made = await Containers.CreateAsync(Sleeper() with { HostConfig = asked }, cancellation: Cancellation);

        var seen = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).HostConfig!;

        AssertSame(
            JsonSerializer.SerializeToElement(asked, EngineJson.Default.HostConfig),
            JsonSerializer.SerializeToElement(seen, EngineJson.Default.HostConfig));
        await Containers.RemoveAsync(made.Id, cancellation: Cancellation);
        await Containers.RemoveAsync(other, force: true, cancellation: Cancellation);
    }

    [Fact]
    public async Task Block_devices_and_cpus_are_limited()
    {
        var device = (await fixture.Host.ExecAsync("sh", "-c", "ls /dev/vda /dev/sda /dev/nvme0n1 /dev/loop0 2>/dev/null | head -n1")).Trim();
        var asked = new HostConfig
        {
            BlkioDeviceReadBps = [new ThrottleDevice(device, 1 << 20)], BlkioDeviceWriteBps = [new ThrottleDevice(device, 2 << 20)],
            BlkioDeviceReadIOps = [new ThrottleDevice(device, 100)], BlkioDeviceWriteIOps = [new ThrottleDevice(device, 200)],
            NanoCpus = 500_000_000,
        };
        var made = await Containers.CreateAsync(Sleeper() with { HostConfig = asked }, cancellation: Cancellation);

        var seen = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).HostConfig!;

        AssertSame(
            JsonSerializer.SerializeToElement(asked, EngineJson.Default.HostConfig),
            JsonSerializer.SerializeToElement(seen, EngineJson.Default.HostConfig));
        await Containers.RemoveAsync(made.Id, cancellation: Cancellation);
    }

    [Fact]
    public async Task A_container_begins_in_its_network_with_its_own_address_and_names()
    {
        var network = EngineFixture.UniqueName("net");
        await fixture.Engine.Networks.CreateAsync(
            new CreateNetworkRequest { Name = network, IPAM = new Ipam { Config = [new IpamConfig { Subnet = "10.77.1.0/24" }] } }, Cancellation);
        var made = await Containers.CreateAsync(
            Sleeper() with
            {
                HostConfig = new HostConfig { NetworkMode = network },
                NetworkingConfig = new NetworkingConfig
                {
                    EndpointsConfig = new Dictionary<string, EndpointSettings>
                    {
                        [network] = new() { IPAMConfig = new EndpointIpamConfig { IPv4Address = "10.77.1.55" }, Aliases = ["db", "db.stack"] },
                    },
                },
            },
            cancellation: Cancellation);
        await Containers.StartAsync(made.Id, Cancellation);

        var endpoint = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).NetworkSettings!.Networks![network];

        endpoint.IPAddress.ShouldBe("10.77.1.55");
        endpoint.IPPrefixLen.ShouldBe(24);
        endpoint.Aliases!.ShouldContain("db.stack");
        await Containers.RemoveAsync(made.Id, force: true, cancellation: Cancellation);
        await fixture.Engine.Networks.RemoveAsync(network, Cancellation);
    }

    [Fact]
    public async Task A_published_port_answers_on_the_hosts_address()
    {
        var image = "drover/page:1";
        await fixture.Host.LoadAsync(await TestImages.HttpPageAsync(image, "published"), Cancellation);
        var made = await Containers.CreateAsync(
            new CreateContainerRequest
            {
                Image = image,
                ExposedPorts = new Dictionary<string, EmptyObject> { ["80/tcp"] = EmptyObject.Value, ["81/tcp"] = EmptyObject.Value },
                HostConfig = new HostConfig
                {
                    PortBindings = new Dictionary<string, IReadOnlyList<PortBinding>?> { ["80/tcp"] = [new PortBinding { HostPort = "8088" }] },
                },
            },
            cancellation: Cancellation);
        await Containers.StartAsync(made.Id, Cancellation);
        using var http = new HttpClient(fixture.Lab.CreateHttpHandler());

        var page = await http.GetStringAsync(new Uri($"http://{fixture.Host.Address}:8088/"), Cancellation);
        var ports = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).NetworkSettings!.Ports!;

        page.ShouldBe("published");
        ports["80/tcp"]!.ShouldContain(binding => binding.HostPort == "8088");
        ports["81/tcp"].ShouldBeNull();
        await Containers.RemoveAsync(made.Id, force: true, cancellation: Cancellation);
    }

    private static CreateContainerRequest Sleeper() => new() { Image = TestImages.Busybox, Cmd = ["sleep", "1000"] };

    /// <summary>Everything that was asked for stands in what is seen; the engine may add defaults.</summary>
    private static void AssertSame(JsonElement asked, JsonElement seen)
    {
        var missing = asked.EnumerateObject()
            .Where(field => !seen.TryGetProperty(field.Name, out var value) || !JsonElement.DeepEquals(field.Value, value))
            .Select(field => $"{field.Name}: asked {field.Value}, seen {(seen.TryGetProperty(field.Name, out var value) ? value.ToString() : "nothing")}");
        missing.ShouldBeEmpty();
    }
}
