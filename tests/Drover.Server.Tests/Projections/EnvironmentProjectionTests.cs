using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Model.Services;
using Drover.Server.Containers;

namespace Drover.Server.Tests.Projections;

public sealed class EnvironmentProjectionTests
{
    [Fact]
    public async Task A_services_container_is_shown_with_its_names_and_addresses()
    {
        var world = await ProjectionWorld.CreateAsync();
        var (host, stack) = (await world.HostAsync("h1"), await world.StackAsync("Shop"));
        var service = await world.ServiceAsync(stack, "Web");
        await world.ContainerAsync("c1", c => c with
        {
            HostId = host.Id,
            StackId = stack.Id,
            ServiceId = service.Id,
            LaunchConfigName = ContainerLabels.PrimaryLaunchConfig,
            PrimaryIpAddress = "10.42.0.2",
            CreateIndex = 4,
            ServiceIndex = 2,
            Spec = new ContainerSpec { Dns = ["9.9.9.9"], DnsSearch = ["corp"], Ports = ["80:80/tcp"], NetAlias = ["w"] },
        }, new ContainerSeen { Generation = 1, State = "running", ExternalId = "abc", StartCount = 3, HealthState = "healthy" });

        var shown = world.View.Containers["c1"];

        shown.ShouldSatisfyAllConditions(
            c => c.ServiceUuid.ShouldBe("service-Web"),
            c => c.StackUuid.ShouldBe("stack-Shop"),
            c => c.HostUuid.ShouldBe("h1"),
            c => c.PrimaryIp.ShouldBe("10.42.0.2"),
            c => (c.CreateIndex, c.ServiceIndex, c.StartCount).ShouldBe((4, "2", 3)),
            c => (c.State, c.HealthState, c.ExternalId).ShouldBe(("running", "healthy", "abc")),
            c => c.Dns.ShouldBe(["169.254.169.250", "9.9.9.9"]),
            c => c.DnsSearch.ShouldBe(["shop.rancher.internal", "web.shop.rancher.internal", "rancher.internal", "corp"]),
            c => c.NetworkMode.ShouldBe("managed"),
            c => c.NetAlias.ShouldBe(["w"]),
            c => c.Ports.ShouldBe(["80:80/tcp"]));
    }

    [Theory]
    [InlineData("managed", null, true)]
    [InlineData("managed", "false", false)]
    [InlineData("host", null, false)]
    [InlineData("host", "true", true)]
    [InlineData("none", null, false)]
    public async Task Containers_of_the_managed_network_ask_us_unless_a_label_says_otherwise(string mode, string? label, bool asksUs)
    {
        var world = await ProjectionWorld.CreateAsync();
        var host = await world.HostAsync("h1");
        await world.ContainerAsync("c1", c => c with
        {
            HostId = host.Id,
            Labels = label is null ? default : EquatableMap.Of(("io.rancher.container.dns", label)),
            Spec = new ContainerSpec { NetworkMode = mode },
        });

        world.View.Containers["c1"].Dns.Contains("169.254.169.250").ShouldBe(asksUs);
    }

    [Theory]
    [InlineData("service_last", "corp,rancher.internal")]
    [InlineData("None", "corp")]
    [InlineData("other", "rancher.internal,corp")]
    public async Task A_label_orders_the_search_domains(string label, string expected)
    {
        var world = await ProjectionWorld.CreateAsync();
        var host = await world.HostAsync("h1");
        await world.ContainerAsync("c1", c => c with { HostId = host.Id, Labels = EquatableMap.Of(("io.rancher.container.dns.priority", label)), Spec = new ContainerSpec { DnsSearch = ["corp"] } });

        world.View.Containers["c1"].DnsSearch.ShouldBe(expected.Split(','));
    }

    [Fact]
    public async Task A_container_on_its_hosts_network_has_the_hosts_address_and_one_in_anothers_network_has_none()
    {
        var world = await ProjectionWorld.CreateAsync();
        var host = await world.HostAsync("h1", "192.168.0.7");
        var owner = await world.ContainerAsync("owner", c => c with { HostId = host.Id, PrimaryIpAddress = "10.42.0.2" });
        await world.ContainerAsync("on-host", c => c with { HostId = host.Id, Spec = new ContainerSpec { NetworkMode = "host" } });
        await world.ContainerAsync("guest", c => c with { HostId = host.Id, Spec = new ContainerSpec { NetworkContainerId = owner.Id } });

        var shown = world.View.Containers;

        shown["on-host"].PrimaryIp.ShouldBe("192.168.0.7");
        shown["guest"].ShouldSatisfyAllConditions(c => c.PrimaryIp.ShouldBeNull(), c => c.NetworkFromUuid.ShouldBe("owner"), c => c.NetworkMode.ShouldBe("container"));
    }

    [Fact]
    public async Task A_container_without_a_host_is_not_shown_yet()
    {
        var world = await ProjectionWorld.CreateAsync();
        await world.ContainerAsync("c1");

        world.View.Containers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sidekick_is_a_service_of_its_own_that_names_its_primary()
    {
        var world = await ProjectionWorld.CreateAsync();
        var (host, stack) = (await world.HostAsync("h1"), await world.StackAsync("shop"));
        var service = await world.ServiceAsync(stack, "web", s => s with
        {
            Scale = 3,
            LaunchConfig = new LaunchConfig { Labels = EquatableMap.Of(("a", "primary")), Spec = new ContainerSpec { Expose = ["80"] } },
            SecondaryLaunchConfigs = [new SecondaryLaunchConfig { Name = "Cache", Labels = EquatableMap.Of(("a", "sidekick")) }],
        });
        await world.ContainerAsync("c1", c => c with { HostId = host.Id, ServiceId = service.Id, StackId = stack.Id, LaunchConfigName = "Cache" });

        var services = world.View.Services;

        services.Keys.ShouldBe(["service-web", "service-web/cache"]);
        services["service-web"].ShouldSatisfyAllConditions(s => s.Sidekicks.ShouldBe(["Cache"]), s => s.Labels["a"].ShouldBe("primary"), s => s.Expose.ShouldBe(["80"]), s => s.IsSidekick.ShouldBeFalse());
        services["service-web/cache"].ShouldSatisfyAllConditions(
            s => s.PrimaryServiceName.ShouldBe("web"), s => s.Labels["a"].ShouldBe("sidekick"), s => s.Scale.ShouldBe(3), s => s.RowUuid.ShouldBe("service-web"), s => s.IsSidekick.ShouldBeTrue());
        world.View.Containers["c1"].ServiceUuid.ShouldBe("service-web/cache");
    }

    [Fact]
    public async Task Links_lead_to_what_is_there_by_uuid()
    {
        var world = await ProjectionWorld.CreateAsync();
        var (host, stack) = (await world.HostAsync("h1"), await world.StackAsync("shop"));
        var db = await world.ServiceAsync(stack, "db");
        await world.ServiceAsync(stack, "web", s => s with { Links = EquatableMap.Of(("database", db.Id), ("gone", 999)) });
        var peer = await world.ContainerAsync("peer", c => c with { HostId = host.Id });
        await world.ContainerAsync("c1", c => c with { HostId = host.Id, InstanceLinks = EquatableMap.Of(("p", peer.Id)) });

        world.View.Services["service-web"].Links.ShouldBe(EquatableMap.Of(("database", "service-db")));
        world.View.Containers["c1"].Links.ShouldBe(EquatableMap.Of(("p", "peer")));
    }

    [Fact]
    public async Task The_environment_its_hosts_and_its_network_are_shown()
    {
        var world = await ProjectionWorld.CreateAsync();
        var host = await world.HostAsync("h1");
        await world.WriteAsync(tx => tx.Put(tx.View.Get<Host>(host.Id)! with { Name = "one", Memory = 1024, MilliCpu = 2000, Labels = EquatableMap.Of(("zone", "a")) }));

        world.View.ShouldSatisfyAllConditions(
            v => v.Name.ShouldBe("Default"),
            v => v.Uuid.ShouldBe("adminProject"),
            v => v.Hosts["h1"].ShouldBe(new HostView { Uuid = "h1", Name = "one", Hostname = "h1", AgentIp = "192.168.0.1", HostId = host.Id, State = "active", Memory = 1024, MilliCpu = 2000, Labels = EquatableMap.Of(("zone", "a")) }),
            v => v.Networks.Values.ShouldHaveSingleItem().ShouldSatisfyAllConditions(n => n.Name.ShouldBe("managed"), n => n.IsDefault.ShouldBeTrue()));
    }

    [Fact]
    public async Task Another_environments_objects_are_not_shown()
    {
        var world = await ProjectionWorld.CreateAsync();
        await world.WriteAsync(tx =>
        {
            tx.Create(new Host { AccountId = 99, Uuid = "other" }, new HostSeen { Hostname = "other" });
            tx.Create(new Model.Stacks.Stack { AccountId = 99, Uuid = "other", Name = "other" });
        });

        world.View.ShouldSatisfyAllConditions(v => v.Hosts.ShouldBeEmpty(), v => v.Stacks.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_health_check_is_shown_in_the_metadata_services_words()
    {
        var world = await ProjectionWorld.CreateAsync();
        var host = await world.HostAsync("h1");
        await world.ContainerAsync("c1", c => c with { HostId = host.Id, Spec = new ContainerSpec { HealthCheck = new InstanceHealthCheck { Port = 80, Interval = 2000, RequestLine = "GET /" } } });

        world.View.Containers["c1"].HealthCheck!.ToNode()!.AsObject().ShouldSatisfyAllConditions(
            h => h["port"]!.GetValue<long>().ShouldBe(80), h => h["request_line"]!.GetValue<string>().ShouldBe("GET /"), h => h["response_timeout"].ShouldBeNull());
    }
}
