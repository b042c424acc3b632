using Drover.Agent.Docker.Engine;

namespace Drover.Agent.Docker.Tests.Engine.Networks;

/// <summary>Networks on a real engine.</summary>
public sealed class NetworkOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NetworkOperations Networks => fixture.Engine.Networks;

    [Fact]
    public async Task A_network_is_made_seen_and_removed()
    {
        var name = EngineFixture.UniqueName("net");
        var made = await Networks.CreateAsync(
            new CreateNetworkRequest
            {
                Name = name, Driver = "bridge",
                IPAM = new Ipam { Driver = "default", Config = [new IpamConfig { Subnet = "10.78.0.0/16", IPRange = "10.78.4.0/24", Gateway = "10.78.0.1" }] },
                Options = new Dictionary<string, string> { ["com.docker.network.bridge.name"] = "br-own", ["com.docker.network.driver.mtu"] = "1450" },
                Labels = new Dictionary<string, string> { ["owner"] = name },
            },
            Cancellation);

        var seen = await Networks.InspectAsync(name, Cancellation);
        var listed = (await Networks.ListAsync(EngineFilters.None.WithLabel("owner", name), Cancellation)).ShouldHaveSingleItem();
        var bridge = await fixture.Host.TryExecAsync(["ip", "link", "show", "br-own"], Cancellation);
        await Networks.RemoveAsync(made.Id, Cancellation);

        seen.Id.ShouldBe(made.Id);
        seen.Created.ShouldNotBeNull();
        seen.IPAM!.Config!.ShouldHaveSingleItem().ShouldBe(new IpamConfig { Subnet = "10.78.0.0/16", IPRange = "10.78.4.0/24", Gateway = "10.78.0.1" });
        seen.Options!["com.docker.network.driver.mtu"].ShouldBe("1450");
        listed.Id.ShouldBe(made.Id);
        bridge.ExitCode.ShouldBe(0);
        (await FaultAsync(() => Networks.InspectAsync(name, Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    [Fact]
    public async Task A_container_is_connected_with_an_address_and_disconnected()
    {
        var name = EngineFixture.UniqueName("net");
        await Networks.CreateAsync(
            new CreateNetworkRequest { Name = name, IPAM = new Ipam { Config = [new IpamConfig { Subnet = "10.79.0.0/24" }] } }, Cancellation);
        var container = await fixture.RunAsync("sleep", "1000");

        await Networks.ConnectAsync(
            name, container,
            new EndpointSettings { IPAMConfig = new EndpointIpamConfig { IPv4Address = "10.79.0.9" }, Aliases = ["web"] }, Cancellation);
        var within = (await Networks.InspectAsync(name, Cancellation)).Containers!.Values.ShouldHaveSingleItem();
        (await FaultAsync(() => Networks.RemoveAsync(name, Cancellation))).ShouldBe(EngineFault.Conflict);
        await Networks.DisconnectAsync(name, container, cancellation: Cancellation);

        within.Name.ShouldBe(container);
        within.IPv4Address.ShouldBe("10.79.0.9/24");
        (await Networks.InspectAsync(name, Cancellation)).Containers!.ShouldBeEmpty();
        await fixture.Engine.Containers.RemoveAsync(container, force: true, cancellation: Cancellation);
        await Networks.RemoveAsync(name, Cancellation);
    }

    [Fact]
    public async Task Refusals_are_told_apart()
    {
        var name = EngineFixture.UniqueName("net");
        var request = new CreateNetworkRequest { Name = name };
        await Networks.CreateAsync(request, Cancellation);

        (await FaultAsync(() => Networks.CreateAsync(request, Cancellation))).ShouldBe(EngineFault.Conflict);
        (await FaultAsync(() => Networks.ConnectAsync("no-such-network", "c", cancellation: Cancellation))).ShouldBe(EngineFault.NotFound);
        (await FaultAsync(() => Networks.RemoveAsync("no-such-network", Cancellation))).ShouldBe(EngineFault.NotFound);

        await Networks.RemoveAsync(name, Cancellation);
    }

    private static async Task<EngineFault> FaultAsync(Func<Task> act) => (await Should.ThrowAsync<EngineException>(act)).Fault;
}
