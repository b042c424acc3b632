using Drover.Model.Containers;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Model.Networks;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Protocol;
using Drover.Server.Hosts;
using Drover.Server.Projections;
using Drover.Store;

namespace Drover.Server.Tests.Projections;

public sealed class HostProjectionTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public async Task The_first_news_are_everything_and_the_next_what_changed()
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        var host = await world.HostAsync("h1", blocks: ["10.42.0.0/26"]);
        var stack = await world.StackAsync("shop");
        using var feed = projection.Open(host.Id, () => { });

        var first = feed.Take(complete: true);
        await world.ServiceAsync(stack, "web");
        var next = feed.Take(complete: false);

        first.Network.ShouldBe(new NetworkAssignment("10.42.0.0/16", "10.42.0.1", HostUuid: "h1"));
        first.Environment!.Complete.ShouldBeTrue();
        EnvironmentView.Empty.After(first.Environment).Stacks.Keys.ShouldBe(["stack-shop"]);
        next.Network.ShouldBeNull();
        next.Environment.ShouldNotBeNull().ShouldSatisfyAllConditions(
            d => d.Complete.ShouldBeFalse(), d => d.Services.Keys.ShouldBe(["service-web"]), d => d.Stacks.ShouldBeEmpty(), d => d.Removed.ShouldBeEmpty());
        feed.Take(complete: false).ShouldBe(HostNews.None);
    }

    [Fact]
    public async Task Each_host_hears_of_each_change_once()
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        var (one, two) = (await world.HostAsync("h1"), await world.HostAsync("h2"));
        var called = 0;
        using var first = projection.Open(one.Id, () => called++);
        using var second = projection.Open(two.Id, () => called += 100);
        first.Take(complete: true);
        second.Take(complete: true);

        await world.ContainerAsync("c1", c => c with { HostId = one.Id });

        called.ShouldBe(101);
        first.Take(complete: false).Environment!.Containers.Keys.ShouldBe(["c1"]);
        first.Take(complete: false).ShouldBe(HostNews.None);
        second.Take(complete: false).Environment!.Containers.Keys.ShouldBe(["c1"]);
    }

    [Fact]
    public async Task What_shows_no_difference_is_no_news()
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        var host = await world.HostAsync("h1");
        var container = await world.ContainerAsync("c1", c => c with { HostId = host.Id });
        using var feed = projection.Open(host.Id, () => { });
        feed.Take(complete: true);

        await world.WriteAsync(tx => tx.Put(tx.View.Get<Container>(container.Id)! with { Description = "nobody shows this" }));

        feed.Take(complete: false).ShouldBe(HostNews.None);
    }

    [Fact]
    public async Task A_network_that_comes_later_is_told_once()
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        var host = await world.HostAsync("h1");
        using var feed = projection.Open(host.Id, () => { });
        feed.Take(complete: true).Network.ShouldBeNull();

        await world.WriteAsync(tx => tx.Put(tx.View.Get<Host>(host.Id)! with { AddressBlocks = ["10.42.0.64/26"] }));

        feed.Take(complete: false).Network!.Gateway.ShouldBe("10.42.0.65");
        feed.Take(complete: false).Network.ShouldBeNull();
    }

    [Fact]
    public async Task A_feed_that_was_closed_is_not_called_any_more_and_a_new_one_starts_from_everything()
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        var host = await world.HostAsync("h1");
        var called = 0;
        projection.Open(host.Id, () => called++).Dispose();

        await world.StackAsync("shop");

        called.ShouldBe(0);
        using var feed = projection.Open(host.Id, () => { });
        feed.Take(complete: true).Environment!.Stacks.Keys.ShouldBe(["stack-shop"]);
    }

    [Fact]
    public async Task A_host_that_is_not_there_hears_of_nothing()
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        using var feed = projection.Open(999, () => { });

        EnvironmentView.Empty.After(feed.Take(complete: true).Environment!).ShouldBe(EnvironmentView.Empty with { Networks = EquatableMap.Of<NetworkView>() });
    }

    /// <summary>The property that everything rests on: who follows the deltas has what a fresh projection gives.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Whatever_happens_who_follows_the_changes_sees_what_a_fresh_look_shows(int seed)
    {
        var world = await ProjectionWorld.CreateAsync();
        using var projection = new HostProjection(world.Store);
        var host = await world.HostAsync("h-first");
        using var eager = projection.Open(host.Id, () => { });
        using var lazy = projection.Open(host.Id, () => { });
        var (seen, seenLate) = (EnvironmentView.Empty, EnvironmentView.Empty);
        seen = seen.After(eager.Take(complete: true).Environment!);
        seenLate = seenLate.After(lazy.Take(complete: true).Environment!);
        var random = new Random(seed);
        for (var step = 0; step < 400; step++)
        {
            var what = await world.WriteAsync(tx => Happen(tx, random));
            if (eager.Take(complete: false).Environment is { } delta) seen = seen.After(delta);
            Same(seen, world.View, $"seed {seed}, step {step}: {what}");
            if (random.Next(10) > 0) continue;
            if (lazy.Take(complete: false).Environment is { } late) seenLate = seenLate.After(late);
            Same(seenLate, world.View, $"seed {seed}, step {step}, late");
        }
    }

    private static void Same(EnvironmentView actual, EnvironmentView expected, string when)
    {
        (actual.Name, actual.Uuid).ShouldBe((expected.Name, expected.Uuid), when);
        actual.Stacks.ShouldBe(expected.Stacks, when);
        actual.Services.ShouldBe(expected.Services, when);
        actual.Containers.ShouldBe(expected.Containers, when);
        actual.Hosts.ShouldBe(expected.Hosts, when);
        actual.Networks.ShouldBe(expected.Networks, when);
    }

    private static string Happen(WriteTx tx, Random random)
    {
        switch (random.Next(14))
        {
            case 0:
                tx.Create(new Stack { AccountId = 5, Name = Pick(random, Names) });
                return "a stack comes";
            case 1 when Any<Stack>(tx, random) is { } stack:
                tx.Put(((Stack)stack.Wanted) with { Name = Pick(random, Names), System = random.Next(2) == 0 });
                return "a stack is renamed";
            case 2 when Any<Stack>(tx, random) is { } stack:
                tx.Bury("stack", stack.Id);
                return "a stack goes";
            case 3:
                tx.Create(Service(tx, random, new Service { AccountId = 5, StackId = Any<Stack>(tx, random)?.Id }));
                return "a service comes";
            case 4 when Any<Service>(tx, random) is { } service:
                tx.Put(Service(tx, random, (Service)service.Wanted));
                return "a service changes";
            case 5 when Any<Service>(tx, random) is { } service:
                tx.Bury("service", service.Id);
                return "a service goes";
            case 6 or 7:
                tx.Create(Container(tx, random, new Container { AccountId = 5, Name = Pick(random, Names) }), new ContainerSeen { State = "running", Generation = 1 });
                return "a container comes";
            case 8 when Any<Container>(tx, random) is { } container:
                tx.Put(Container(tx, random, (Container)container.Wanted));
                return "a container moves";
            case 9 when Any<Container>(tx, random) is { } container:
                tx.PutSeen("instance", container.Id, (ContainerSeen)container.Seen with { State = Pick(random, ["running", "stopped"]), HealthState = Pick(random, ["healthy", "unhealthy"]) });
                return "a container is seen";
            case 10 when Any<Container>(tx, random) is { } container:
                tx.Bury("instance", container.Id);
                return "a container goes";
            case 11 when Any<Host>(tx, random) is { } host && random.Next(3) > 0:
                tx.PutSeen("host", host.Id, (HostSeen)host.Seen with { AgentIpAddress = $"192.168.0.{random.Next(4)}" });
                return "a host's address changes";
            case 12 when Any<Host>(tx, random) is { } host:
                tx.Create(new Host { AccountId = 5 }, new HostSeen { Hostname = "x" });
                if (host.Wanted.Uuid != "h-first") tx.Bury("host", host.Id);
                return "a host comes and another goes";
            default:
                tx.Put(tx.View.Get<Project>(5)! with { Name = Pick(random, Names), DefaultNetworkId = random.Next(2) == 0 ? null : Any<Network>(tx, random)?.Id });
                return "the environment changes";
        }
    }

    private static Service Service(WriteTx tx, Random random, Service service) => service with
    {
        Name = Pick(random, Names),
        SecondaryLaunchConfigs = [.. Names.Take(random.Next(3)).Select(n => new SecondaryLaunchConfig { Name = $"side-{n}" })],
        Links = Any<Service>(tx, random) is { } target && random.Next(2) == 0 ? EquatableMap.Of(("link", target.Id)) : default,
    };

    private static Container Container(WriteTx tx, Random random, Container container)
    {
        var service = random.Next(2) == 0 ? Any<Service>(tx, random)?.Wanted as Service : null;
        var other = random.Next(3) == 0 ? Any<Container>(tx, random)?.Id : null;
        return container with
        {
            HostId = random.Next(5) == 0 ? null : Any<Host>(tx, random)?.Id,
            ServiceId = service?.Id,
            StackId = service?.StackId,
            LaunchConfigName = service?.SecondaryLaunchConfigs.Items.FirstOrDefault()?.Name,
            PrimaryIpAddress = $"10.42.0.{random.Next(2, 9)}",
            PrimaryNetworkId = Any<Network>(tx, random)?.Id,
            InstanceLinks = other is { } linked ? EquatableMap.Of(("peer", linked)) : default,
            Spec = new ContainerSpec { NetworkMode = Pick(random, ["managed", "host"]), NetworkContainerId = random.Next(4) == 0 ? other : null },
        };
    }

    private static Entry? Any<T>(WriteTx tx, Random random)
        where T : Resource
    {
        var all = tx.View.All<T>().Where(e => e.Wanted.AccountId == 5).ToList();
        return all.Count == 0 ? null : all[random.Next(all.Count)];
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
