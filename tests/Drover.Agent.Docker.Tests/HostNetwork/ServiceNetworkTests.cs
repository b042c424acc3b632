using System.Net;
using System.Net.Sockets;
using System.Text;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Tests.Engine;
using Drover.DataPlane.Sockets;
using Drover.Protocol;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.HostNetwork;

/// <summary>The platform's own network on a real host.</summary>
public sealed class ServiceNetworkTests(EngineFixture fixture)
{
    private static readonly NetworkAssignment Managed = new("10.42.0.0/16", "10.42.0.1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Containers_reach_the_platform_by_its_address_and_may_still_publish_its_ports()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        await host.LoadAsync(await TestImages.BusyboxAsync(), Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var runtime = new DockerRuntime(engine, TimeProvider.System);
        ServiceNetwork network = null!;
        host.InNetwork(() => network = ServiceNetwork.Create());
        using var owned = network;

        network.Plug(Managed).ShouldBeFalse();
        await runtime.EnsureNetworkAsync(Managed, Cancel);
        network.Plug(Managed).ShouldBeTrue();
        network.Plug(Managed).ShouldBeTrue();
        using var listener = network.Run(() => ServiceSockets.Tcp(new IPEndPoint(ServiceNetwork.Address, 80)));
        await host.ExecAsync("docker", "run", "-d", "-p", "80:80", TestImages.Busybox, "sleep", "1000");

        (await AskAsync(host, listener, Managed, "10.42.7.90")).ShouldBe("10.42.7.90");

        var moved = new NetworkAssignment("10.43.0.0/16", "10.43.0.1");
        await runtime.EnsureNetworkAsync(moved, Cancel);
        network.Plug(moved).ShouldBeTrue();
        (await AskAsync(host, listener, moved, "10.43.7.91")).ShouldBe("10.43.7.91");

        await host.ExecAsync("ip", "link", "del", "drover-svc");
        network.Plug(moved).ShouldBeTrue();
        (await AskAsync(host, listener, moved, "10.43.7.92")).ShouldBe("10.43.7.92");
    }

    [Fact]
    public async Task A_new_agent_takes_over_from_one_that_died()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        host.InNetwork(() =>
        {
            using var first = ServiceNetwork.Create();
            using var second = ServiceNetwork.Create();
        });

        (await host.ExecAsync("ip", "-o", "link")).Split("drover-svc").Length.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task Who_knows_the_platform_as_a_neighbour_reaches_the_agent_that_takes_over_at_once()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        await new DockerRuntime(engine, TimeProvider.System).EnsureNetworkAsync(Managed, Cancel);
        (await AskFreshAsync()).ShouldBe(Managed.Gateway);
        var known = (await host.ExecAsync("ip", "neigh", "show", $"{ServiceNetwork.Address}", "dev", ManagedNetwork.Bridge)).Split(' ')[2];

        // A neighbour is remembered for half a minute or so; here for good.
        await host.ExecAsync("ip", "neigh", "replace", $"{ServiceNetwork.Address}", "lladdr", known, "dev", ManagedNetwork.Bridge, "nud", "permanent");

        (await AskFreshAsync()).ShouldBe(Managed.Gateway);

        async Task<string> AskFreshAsync()
        {
            ServiceNetwork network = null!;
            host.InNetwork(() => network = ServiceNetwork.Create());
            using var owned = network;
            network.Plug(Managed).ShouldBeTrue();
            using var listener = network.Run(() => ServiceSockets.Tcp(new IPEndPoint(ServiceNetwork.Address, 80)));
            return await AskAsync(host, listener);
        }
    }

    /// <summary>A container asks the platform, which answers with the address it was asked from.</summary>
    private static Task<string> AskAsync(DockerHost host, Socket listener, NetworkAssignment managed, string address)
    {
        managed.Subnet.ShouldStartWith(address[..6]);
        return AskAsync(host, listener, "docker", "run", "--rm", "--network", ManagedNetwork.Name, "--ip", address, TestImages.Busybox);
    }

    /// <summary>Somebody asks the platform, which answers with the address it was asked from.</summary>
    private static async Task<string> AskAsync(DockerHost host, Socket listener, params string[] asker)
    {
        var asking = host.ExecAsync([.. asker, "busybox", "nc", "-w", "10", ServiceNetwork.Address.ToString(), "80"]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using (var connection = await listener.AcceptAsync(limit.Token))
            await connection.SendAsync(Encoding.ASCII.GetBytes(((IPEndPoint)connection.RemoteEndPoint!).Address.ToString()), limit.Token);
        return await asking;
    }
}
