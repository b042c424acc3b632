using System.Net;
using Drover.Agent.Docker.Tests.Engine;
using Drover.Protocol;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.HostNetwork;

/// <summary>The platform's own address on a real host's bridge.</summary>
public sealed class InterfaceAddressTests(EngineFixture fixture)
{
    private static readonly IPAddress Service = IPAddress.Parse("169.254.169.250");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_request_is_laid_out_as_the_kernel_reads_it() =>
        Convert.ToHexString(InterfaceAddress.Message(0x01020304, Service)).ShouldBe(
            "28000000" + "1400" + "0505" + "01000000" + "00000000" // header: 40 bytes, RTM_NEWADDR, flags, first of its sender
            + "02" + "20" + "00" + "FD" + "04030201" // IPv4, /32, link scope, interface
            + "0800" + "0200" + "A9FEA9FA" + "0800" + "0100" + "A9FEA9FA");

    [Fact]
    public async Task Containers_reach_the_platform_at_its_address_from_the_bridge_of_their_host()
    {
        await new DockerRuntime(fixture.Engine, TimeProvider.System).EnsureNetworkAsync(new NetworkAssignment("10.42.0.0/16", "10.42.0.1"), Cancel);
        fixture.Host.InNetwork(() => InterfaceAddress.Ensure(ManagedNetwork.Bridge, Service));
        fixture.Host.InNetwork(() => InterfaceAddress.Ensure(ManagedNetwork.Bridge, Service));
        var site = Directory.CreateDirectory(Path.Combine(fixture.Lab.Folder, "metadata")).FullName;
        await File.WriteAllTextAsync(Path.Combine(site, "latest"), "metadata", Cancel);
        await using var server = fixture.Host.Start(
            "busybox", ["httpd", "-f", "-p", "169.254.169.250:80", "-h", site], Path.Combine(fixture.Lab.Folder, "metadata.log"));

        var answer = await fixture.Host.ExecAsync(
            "docker", "run", "--rm", "--network", ManagedNetwork.Name, "--ip", "10.42.7.90", TestImages.Busybox,
            "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9; do wget -qO- http://169.254.169.250/latest && exit; sleep 0.2; done");

        answer.ShouldBe("metadata");
        (await fixture.Host.ExecAsync("ip", "-4", "addr", "show", ManagedNetwork.Bridge)).ShouldContain("inet 169.254.169.250/32 scope link");
    }

    [Fact]
    public void An_interface_that_is_not_there_is_told()
    {
        var failure = Should.Throw<RuntimeException>(() => InterfaceAddress.Ensure("none0", Service));

        failure.Failure.ShouldBe(RuntimeFailure.NotFound);
        failure.Message.ShouldContain("none0");
    }
}
