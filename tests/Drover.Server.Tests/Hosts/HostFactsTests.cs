using System.Text.Json.Nodes;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Containers;
using Drover.Server.Hosts;

namespace Drover.Server.Tests.Hosts;

public sealed class HostFactsTests
{
    private static readonly HostDescription Said = new()
    {
        Uuid = "u",
        Hostname = "box",
        AgentIp = "192.0.2.7",
        EngineVersion = "20.10.24+dfsg1",
        KernelVersion = "6.1.0-18-amd64",
        OperatingSystem = "Debian GNU/Linux 12 (bookworm)",
        StorageDriver = "overlay2",
        CpuCount = 8,
        MemoryBytes = 16L << 30,
    };

    [Fact]
    public void Info_has_the_shape_of_the_contract()
    {
        var info = HostFacts.Info(Said).ToNode()!.AsObject();

        info["osInfo"]!["dockerVersion"]!.ToString().ShouldBe("Docker version 20.10.24+dfsg1");
        info["osInfo"]!["kernelVersion"]!.ToString().ShouldBe("6.1.0-18-amd64");
        info["osInfo"]!["operatingSystem"]!.ToString().ShouldBe("Debian GNU/Linux 12 (bookworm)");
        info["cpuInfo"]!["count"]!.GetValue<int>().ShouldBe(8);
        info["memoryInfo"]!["memTotal"]!.GetValue<double>().ShouldBe(16384);
        info["diskInfo"]!["mountPoints"].ShouldBeOfType<JsonObject>();
    }

    [Fact]
    public void Labels_follow_from_the_versions()
        => HostFacts.Labels(Said).Select(l => $"{l.Key}={l.Value}").ShouldBe(["io.rancher.host.os=linux", "io.rancher.host.linux_kernel_version=6.1", "io.rancher.host.docker_version=20.10"]);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("6")]
    public void A_version_that_is_none_gives_no_label(string? kernel)
        => HostFacts.Labels(Said with { KernelVersion = kernel }).Select(l => l.Key).ShouldNotContain("io.rancher.host.linux_kernel_version");

    [Fact]
    public void What_an_engine_once_said_stays_while_it_is_down()
    {
        var before = HostFacts.Seen(new HostSeen(), Said);

        var after = HostFacts.Seen(before, new HostDescription { Uuid = "u", Hostname = "box", EngineUp = false });

        after.Info.ShouldBe(before.Info);
        after.AgentIpAddress.ShouldBe("192.0.2.7");
    }

    [Theory]
    [InlineData("active", "active", null)]
    [InlineData("active", null, null)]
    [InlineData("updating-active", "active", null)]
    [InlineData("inactive", "active", "is inactive")]
    [InlineData("registering", "active", "is registering")]
    [InlineData("active", "reconnecting", "is reconnecting")]
    [InlineData("active", "disconnected", "is disconnected")]
    public void A_host_takes_new_containers_while_it_and_its_agent_are_active(string state, string? agent, string? why)
        => HostOpening.WhyClosed(new Entry(Catalog.All.Of<Host>(), new Host { Id = 1, Generation = 1 }, new HostSeen { Generation = 1, State = state, AgentState = agent }, 1, 1)).ShouldBe(why);
}
