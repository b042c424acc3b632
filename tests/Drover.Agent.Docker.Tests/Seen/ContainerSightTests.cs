using Drover.Agent.Docker.Seen;
using Drover.Protocol;

namespace Drover.Agent.Docker.Tests.Seen;

/// <summary>What a host reports of what the engine shows.</summary>
public sealed class ContainerSightTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("created", SeenState.Created)]
    [InlineData("running", SeenState.Running)]
    [InlineData("paused", SeenState.Running)]
    [InlineData("restarting", SeenState.Running)]
    [InlineData("removing", SeenState.Removed)]
    [InlineData("exited", SeenState.Exited)]
    [InlineData("dead", SeenState.Exited)]
    public void The_engines_states_are_told_in_ours(string status, SeenState state) =>
        ContainerSight.Status(Seen(status)).State.ShouldBe(state);

    [Fact]
    public void Ours_is_known_by_its_label_and_not_offered_for_import()
    {
        var status = ContainerSight.Status(Seen("running") with
        {
            Config = new ContainerConfig { Labels = new Dictionary<string, string> { ["io.rancher.container.uuid"] = "u-1" } },
        });

        status.Uuid.ShouldBe("u-1");
        status.EngineId.ShouldBe(Id);
        status.Imported.ShouldBeNull();
    }

    [Fact]
    public void A_strangers_uuid_follows_from_the_engines_id_and_is_a_uuid()
    {
        var uuid = ContainerSight.Status(Seen("running")).Uuid;

        uuid.ShouldBe("01234567-89ab-cdef-0123-456789abcdef");
        Guid.TryParse(uuid, out _).ShouldBeTrue();
    }

    [Fact]
    public void An_exit_code_belongs_to_what_ended()
    {
        var state = new ContainerState { Status = "exited", ExitCode = 3, Error = "no such file", FinishedAt = DateTimeOffset.UnixEpoch };

        ContainerSight.Status(Seen("running")).ExitCode.ShouldBeNull();
        var ended = ContainerSight.Status(Seen("exited") with { State = state });
        ended.ExitCode.ShouldBe(3);
        ended.Error.ShouldBe("no such file");
        ended.FinishedAt.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void The_managed_address_comes_before_any_other()
    {
        var networks = new Dictionary<string, EndpointSettings> { ["a"] = new() { IPAddress = "1.1.1.1" }, ["drover"] = new() { IPAddress = "10.42.0.9" } };

        ContainerSight.Status(With(networks)).Address.ShouldBe("10.42.0.9");
        networks["drover"] = new EndpointSettings { IPAddress = "" };
        ContainerSight.Status(With(networks)).Address.ShouldBe("1.1.1.1");
        networks.Clear();
        ContainerSight.Status(With(networks)).Address.ShouldBeNull();

        static ContainerInspect With(Dictionary<string, EndpointSettings> networks) =>
            Seen("running") with { NetworkSettings = new NetworkSettings { Networks = networks } };
    }

    [Fact]
    public void A_stranger_carries_what_an_import_needs()
    {
        var imported = ContainerSight.Status(Seen("running") with
        {
            Name = "/by-hand",
            Created = DateTimeOffset.UnixEpoch,
            Config = new ContainerConfig { Image = "busybox:1", Cmd = ["sleep", "9"], Env = ["A=1"], Hostname = "h" },
            HostConfig = new HostConfig { NetworkMode = "default" },
            NetworkSettings = new NetworkSettings
            {
                Ports = new Dictionary<string, IReadOnlyList<PortBinding>?>
                {
                    ["80/tcp"] = [new PortBinding { HostIp = "0.0.0.0", HostPort = "8080" }, new PortBinding { HostIp = "::", HostPort = "8080" }],
                    ["81/tcp"] = null,
                    ["82/udp"] = [new PortBinding { HostIp = "127.0.0.1", HostPort = "82" }, new PortBinding { HostIp = "fd00::1", HostPort = "83" }],
                },
            },
        }).Imported!;

        imported.Name.ShouldBe("by-hand");
        imported.Image.ShouldBe("busybox:1");
        imported.Command.ShouldBe(["sleep", "9"]);
        imported.Environment.ShouldBe(["A=1"]);
        imported.NetworkMode.ShouldBe("bridge");
        imported.Created.ShouldBe(DateTimeOffset.UnixEpoch);
        imported.Ports.ShouldBe(["8080:80/tcp", "127.0.0.1:82:82/udp", "[fd00::1]:83:82/udp"]);
    }

    [Fact]
    public void A_stopped_strangers_ports_are_those_it_asked_for() =>
        ContainerSight.Status(Seen("exited") with
        {
            HostConfig = new HostConfig
            {
                PortBindings = new Dictionary<string, IReadOnlyList<PortBinding>?> { ["80/tcp"] = [new PortBinding { HostPort = "8080" }] },
            },
            NetworkSettings = new NetworkSettings { Ports = new Dictionary<string, IReadOnlyList<PortBinding>?>() },
        }).Imported!.Ports.ShouldBe(["8080:80/tcp"]);

    [Fact]
    public void A_host_is_described_with_the_labels_that_scheduling_knows()
    {
        var described = HostSight.Description(
            new InfoResponse { Name = "one", KernelVersion = "6.18.44-fc", OSType = "linux", NCPU = 2, MemTotal = 5, Driver = "overlay2", OperatingSystem = "Debian" },
            new VersionResponse { Version = "20.10.24+dfsg1", ApiVersion = "1.41" }, hasKvm: true);

        described.Hostname.ShouldBe("one");
        described.CpuCount.ShouldBe(2);
        described.MemoryBytes.ShouldBe(5);
        described.EngineVersion.ShouldBe("20.10.24+dfsg1");
        described.Labels.Find("io.rancher.host.docker_version").ShouldBe("20.10");
        described.Labels.Find("io.rancher.host.linux_kernel_version").ShouldBe("6.18");
        described.Labels.Find("io.rancher.host.os").ShouldBe("linux");
        described.Labels.Find("io.rancher.host.kvm").ShouldBe("true");
    }

    private static ContainerInspect Seen(string status) => new() { Id = Id, State = new ContainerState { Status = status } };
}
