using Drover.Agent.Assigned;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Tests.Engine;
using Drover.Agent.Hooks;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Protocol;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.HostNetwork;

/// <summary>What containers learn by name on a real host.</summary>
public sealed class HostServicesTests(EngineFixture fixture)
{
    private static readonly NetworkAssignment Managed = new("10.42.0.0/16", "10.42.0.1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_finds_services_and_metadata_from_its_first_process_on()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        await host.LoadAsync(await TestImages.BusyboxAsync(), Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var runtime = new DockerRuntime(engine, TimeProvider.System);
        await using var services = new HostServices(Surroundings, () => NetworkOf(host));
        var scope = new HookScope(runtime, AssignmentSet.Empty with { Network = Managed }, Cancel);
        var container = Asker("10.42.1.9", "nslookup -type=a web.shop; wget -qO- http://rancher-metadata/latest/self/container/primary_ip");

        await runtime.EnsureNetworkAsync(Managed, Cancel);
        services.Changed(View("10.42.1.9"), null, Managed);
        var id = await runtime.CreateAsync(container, new Dictionary<string, string>(), Cancel);
        await services.BeforeStartAsync(container, id, scope);
        await runtime.StartAsync(id, Cancel);
        var ended = await engine.Containers.WaitAsync(id, cancellation: Cancel);
        var output = await host.ExecAsync("docker", "logs", id);

        output.ShouldContain("Address: 10.42.1.9"); // of the name, whatever other search domains say
        output.ShouldEndWith("10.42.1.9");
        ended.StatusCode.ShouldBe(0);
    }

    [Fact]
    public async Task Without_the_managed_bridge_the_start_fails_and_says_why()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        await using var services = new HostServices(Surroundings, () => NetworkOf(host));
        var scope = new HookScope(new DockerRuntime(fixture.Engine, TimeProvider.System), AssignmentSet.Empty with { Network = Managed }, Cancel);

        services.Changed(View("10.42.1.9"), null, Managed);
        var failure = await Should.ThrowAsync<RuntimeException>(async () => await services.BeforeStartAsync(Asker("10.42.1.9", "true"), "id", scope));

        failure.Failure.ShouldBe(RuntimeFailure.NotFound);
        failure.Message.ShouldContain(ManagedNetwork.Bridge);
        await services.BeforeStartAsync(Asker(null, "true"), "id", scope);
    }

    [Fact]
    public async Task An_agent_without_the_rights_goes_on_and_says_so_at_the_start_of_a_container()
    {
        await using var services = new HostServices(Surroundings, () => throw new RuntimeException(RuntimeFailure.Failed, "no rights"));
        var scope = new HookScope(new DockerRuntime(fixture.Engine, TimeProvider.System), AssignmentSet.Empty with { Network = Managed }, Cancel);

        services.Changed(EnvironmentView.Empty, null, Managed);

        (await Should.ThrowAsync<RuntimeException>(async () => await services.BeforeStartAsync(Asker("10.42.1.9", "true"), "id", scope)))
            .Message.ShouldBe("no rights");
    }

    [Fact]
    public async Task A_cable_that_was_lost_is_laid_anew_though_nothing_starts()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var time = new ManualTime();
        await using var services = new HostServices(Surroundings with { Time = time }, () => NetworkOf(host));
        await new DockerRuntime(engine, TimeProvider.System).EnsureNetworkAsync(Managed, Cancel);
        services.Changed(View("10.42.1.9"), null, Managed);
        await host.ExecAsync("ip", "link", "del", "drover-svc");

        time.Advance(TimeSpan.FromSeconds(15));

        (await host.ExecAsync("ip", "-o", "link", "show", "master", ManagedNetwork.Bridge)).ShouldContain("drover-svc");
    }

    private static AgentSurroundings Surroundings =>
        new() { Time = TimeProvider.System, Jitter = new Random(1), NewUuid = () => Guid.NewGuid().ToString() };

    private static ServiceNetwork NetworkOf(DockerHost host)
    {
        ServiceNetwork? network = null;
        host.InNetwork(() => network = ServiceNetwork.Create());
        return network!;
    }

    private static ContainerAssignment Asker(string? address, string script) => new()
    {
        Uuid = "u-asker", Address = address, DnsSearch = ["shop.rancher.internal", "rancher.internal"],
        Spec = new ContainerSpec { ImageUuid = $"docker:{TestImages.Busybox}", Command = ["sh", "-c", script] },
    };

    private static EnvironmentView View(string address) => EnvironmentView.Empty with
    {
        Name = "Default",
        Uuid = "u-env",
        Stacks = EquatableMap.Of(("u-shop", new StackView("u-shop", "shop", false))),
        Services = EquatableMap.Of(("u-web", new ServiceView { Uuid = "u-web", Name = "web", StackUuid = "u-shop", Scale = 1, State = "active" })),
        Containers = EquatableMap.Of(("u-asker", new ContainerView
        {
            Uuid = "u-asker", Name = "shop-web-1", PrimaryIp = address, StackUuid = "u-shop", ServiceUuid = "u-web", State = "running", NetworkMode = "managed",
        })),
    };
}
