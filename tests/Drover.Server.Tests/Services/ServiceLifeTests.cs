using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Protocol;
using Drover.Server.Containers;
using Drover.Server.Services;
using Drover.Store;

namespace Drover.Server.Tests.Services;

/// <summary>Services from wish to running containers, with puppets for hosts.</summary>
public sealed class ServiceLifeTests : IAsyncLifetime
{
    private TestWorld _world = null!;
    private long _stack;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.StartAsync();
        _stack = (await _world.WriteAsync(tx => tx.Create(new Stack { AccountId = TestWorld.Environment, Name = "shop" }))).Id;
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_started_service_runs_its_scale_under_the_names_of_the_contract()
    {
        var host = await _world.AddHostAsync("one");

        var id = await CreateAsync("web", scale: 3);

        var entry = await UntilAsync(id, "active");
        ((ServiceSeen)entry.Seen).CurrentScale.ShouldBe(3);
        ((ServiceSeen)entry.Seen).HealthState.ShouldBe("healthy");
        host.Running.ShouldBe(["shop-web-1", "shop-web-2", "shop-web-3"]);
        var first = host.Assigned("shop-web-1");
        first.Labels["io.rancher.stack_service.name"].ShouldBe("shop/web");
        first.Labels["io.rancher.stack.name"].ShouldBe("shop");
        first.Labels["io.rancher.service.launch.config"].ShouldBe("io.rancher.service.primary.launch.config");
        first.DnsSearch.ShouldBe(["shop.rancher.internal", "web.shop.rancher.internal", "rancher.internal"]);
        first.KeepRunning.ShouldBeTrue();
        Containers(id).Select(c => c.CreateIndex).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Scaling_down_takes_the_youngest_and_up_reuses_the_lowest_free_number()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 3);
        await UntilAsync(id, "active");
        await ScaleAsync(id, 1);
        await UntilAsync(id, "active");
        host.Running.ShouldBe(["shop-web-1"]);

        await ScaleAsync(id, 2);

        await UntilAsync(id, "active");
        host.Running.ShouldBe(["shop-web-1", "shop-web-2"]);
        Containers(id).Last().CreateIndex.ShouldBe(4, "a create index is never given again");
    }

    [Fact]
    public async Task A_new_service_that_is_not_to_start_rests_inactive_until_it_is_activated()
    {
        await _world.AddHostAsync("one");
        var id = await CreateAsync("web", running: false);
        await UntilAsync(id, "inactive");
        Containers(id).ShouldBeEmpty();

        await _world.WriteAsync(tx => ServiceMoves.Activate(tx, tx.View.Find<Service>(id)!));

        _world.Store.Current.Find<Service>(id)!.State.ShouldBeOneOf("activating", "active");
        await UntilAsync(id, "active");
    }

    [Fact]
    public async Task Deactivating_stops_the_containers_and_activating_starts_the_same_ones()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 2);
        await UntilAsync(id, "active");
        var before = Containers(id).Select(c => c.Id).ToList();

        await _world.WriteAsync(tx => ServiceMoves.Deactivate(tx, tx.View.Find<Service>(id)!));
        await UntilAsync(id, "inactive");
        host.Running.ShouldBeEmpty();
        await _world.WriteAsync(tx => ServiceMoves.Activate(tx, tx.View.Find<Service>(id)!));
        await UntilAsync(id, "active");

        Containers(id).Select(c => c.Id).ShouldBe(before);
        host.Running.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_container_that_was_removed_by_hand_is_made_again_under_its_name()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 2);
        await UntilAsync(id, "active");
        var lost = Containers(id)[0].Id;

        host.RemoveByHand("shop-web-1");

        await _world.UntilAsync(view => view.Find<Container>(lost) is null && view.Find<Service>(id)!.State == "active" && host.Running.Count == 2);
        host.Running.ShouldBe(["shop-web-1", "shop-web-2"]);
    }

    [Fact]
    public async Task A_stopped_container_is_started_again()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web");
        await UntilAsync(id, "active");
        var container = Containers(id).Single().Id;

        await _world.WriteAsync(tx => ContainerMoves.Stop(tx, container));

        await _world.UntilAsync(view => view.Find<Container>(container) is { State: "running", Seen: ContainerSeen { StartCount: 2 } });
        host.Running.ShouldBe(["shop-web-1"]);
    }

    [Fact]
    public async Task A_start_once_container_that_ended_stays_ended_and_the_service_is_started_once()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("job", labels: EquatableMap.Of((ContainerLabels.StartOnce, "true")));
        await UntilAsync(id, "active");

        host.Kill("shop-job-1", exitCode: 0);

        await _world.UntilAsync(view => view.Find<Service>(id)!.Seen is ServiceSeen { HealthState: "started-once" });
        _world.Store.Current.Find<Service>(id)!.State.ShouldBe("active");
        host.Running.ShouldBeEmpty();
        host.Assigned("shop-job-1").StartOnce.ShouldBeTrue();
    }

    [Fact]
    public async Task Sidekicks_are_one_unit_on_one_host_and_share_what_they_ask_for()
    {
        PuppetHost[] hosts = [await _world.AddHostAsync("one"), await _world.AddHostAsync("two")];
        var id = await CreateAsync("web", scale: 4, sidekicks:
        [
            new SecondaryLaunchConfig { Name = "data", Spec = Image },
            new SecondaryLaunchConfig { Name = "logs", Spec = Image, DataVolumesFromLaunchConfigs = ["data", "web"], NetworkLaunchConfig = "web" },
        ]);

        await UntilAsync(id, "active");

        var units = Containers(id).GroupBy(c => c.DeploymentUnitUuid).ToList();
        units.Count.ShouldBe(4);
        foreach (var unit in units)
        {
            unit.Count().ShouldBe(3);
            unit.Select(c => c.HostId).Distinct().Count().ShouldBe(1);
            var (web, data, logs) = (unit.Single(c => c.LaunchConfigName == ContainerLabels.PrimaryLaunchConfig), unit.Single(c => c.LaunchConfigName == "data"), unit.Single(c => c.LaunchConfigName == "logs"));
            logs.Spec.NetworkContainerId.ShouldBe(web.Id);
            logs.Spec.DataVolumesFrom.ShouldBe([data.Id, web.Id]);
            logs.Name.ShouldBe($"shop-web-logs-{web.ServiceIndex}");
            var told = hosts.Single(h => h.Id == web.HostId).Assigned(logs.Name!);
            told.NetworkFrom.ShouldBe(web.Uuid);
            told.VolumesFrom.ShouldBe([data.Uuid!, web.Uuid!]);
            told.StartAfter.ShouldBe([data.Uuid!, web.Uuid!]);
        }
    }

    [Fact]
    public async Task Of_a_unit_that_loses_a_member_what_depends_on_it_is_replaced_too_and_the_rest_is_not_touched()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web", sidekicks:
        [
            new SecondaryLaunchConfig { Name = "data", Spec = Image },
            new SecondaryLaunchConfig { Name = "logs", Spec = Image, DataVolumesFromLaunchConfigs = ["data"] },
        ]);
        await UntilAsync(id, "active");
        var before = Containers(id).ToDictionary(c => c.LaunchConfigName!, c => c.Id);

        host.RemoveByHand("shop-web-data-1");
        await _world.UntilAsync(view => view.Find<Container>(before["data"]) is null && view.Find<Container>(before["logs"]) is null && view.Find<Service>(id)!.State == "active");

        var after = Containers(id).ToDictionary(c => c.LaunchConfigName!, c => c.Id);
        after[ContainerLabels.PrimaryLaunchConfig].ShouldBe(before[ContainerLabels.PrimaryLaunchConfig]);
        after["logs"].ShouldNotBe(before["logs"]);
        Containers(id).Select(c => c.DeploymentUnitUuid).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_global_service_runs_once_on_each_host_and_on_those_that_come()
    {
        var one = await _world.AddHostAsync("one");
        var id = await CreateAsync("agent", labels: EquatableMap.Of((ContainerLabels.Global, "true")));
        await UntilAsync(id, "active");
        one.Running.Count.ShouldBe(1);

        var two = await _world.AddHostAsync("two");

        await _world.UntilAsync(view => view.Find<Service>(id) is { State: "active", Seen: ServiceSeen { CurrentScale: 2 } });
        two.Running.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_service_without_room_says_why_and_recovers()
    {
        await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 2, spec: Image with { Ports = ["80:80/tcp"] });

        var stuck = await UntilAsync(id, e => e.Seen.TransitioningMessage?.Contains("port 80/tcp", StringComparison.Ordinal) == true);
        stuck.State.ShouldBe("activating");
        stuck.Seen.Why!.Reason.ShouldContain("shop-web-2: Scheduling failed: one has port 80/tcp taken");
        await _world.AddHostAsync("two");

        await UntilAsync(id, "active");
    }

    [Fact]
    public async Task Removal_stops_and_removes_all_containers_then_the_service()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 3);
        await UntilAsync(id, "active");

        await _world.WriteAsync(tx => ServiceMoves.Remove(tx, tx.View.Find<Service>(id)!));

        await _world.UntilAsync(view => view.Find<Service>(id) is null);
        host.Running.ShouldBeEmpty();
        _world.Store.Current.All<Container>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_link_closes_when_its_target_appears_and_goes_with_it()
    {
        var consumer = (await _world.WriteAsync(tx => tx.Create(New("web", running: false) with { OpenLinks = EquatableMap.Of(("db", "mysql")) }))).Id;
        var target = await CreateAsync("mysql", running: false);

        await _world.UntilAsync(view => view.Get<Service>(consumer)!.Links.Find("db") == target);
        _world.Store.Current.Get<Service>(consumer)!.OpenLinks.Count.ShouldBe(0);
        await _world.WriteAsync(tx => ServiceMoves.Remove(tx, tx.View.Find<Service>(target)!));

        await _world.UntilAsync(view => view.Get<Service>(consumer)!.Links.Count == 0);
    }

    [Fact]
    public async Task A_failing_container_shows_on_its_service_and_the_host_is_left_to_try_again()
    {
        var host = await _world.AddHostAsync("one");
        host.Refuse = c => new ContainerStatus { Uuid = c.Uuid, Generation = c.Generation, Error = "no such image", NextTry = DateTimeOffset.MaxValue };

        var id = await CreateAsync("web");

        var entry = await UntilAsync(id, e => e.Seen.TransitioningMessage is not null);
        entry.Seen.TransitioningMessage.ShouldBe("shop-web-1: no such image");
        entry.State.ShouldBe("activating");
        Containers(id).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Scaling_one_service_among_a_thousand_speaks_to_its_own_hosts_only()
    {
        var hosts = new List<PuppetHost>();
        for (var i = 0; i < 10; i++) hosts.Add(await _world.AddHostAsync($"host{i}"));
        await _world.WriteAsync(tx =>
        {
            for (var i = 0; i < 1000; i++) tx.Create(New($"s{i}", running: false));
        });
        var id = await CreateAsync("web", spec: Image, requestedHost: hosts[3].Id);
        await UntilAsync(id, "active");
        await _world.UntilAsync(view => view.All<Service>().All(s => s.Seen.Generation == s.Wanted.Generation));
        foreach (var host in hosts) await host.Told.WaitAsync(TestWorld.Deadline, TestContext.Current.CancellationToken);
        var before = hosts.ConvertAll(h => h.Received.Count);

        await ScaleAsync(id, 3);
        await UntilAsync(id, "active");

        for (var i = 0; i < hosts.Count; i++)
        {
            if (i == 3) hosts[i].Received.Count.ShouldBeInRange(before[i] + 1, before[i] + 2);
            else hosts[i].Received.Count.ShouldBe(before[i]);
        }
    }

    [Fact]
    public async Task A_rolling_restart_restarts_every_container_a_batch_at_a_time()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 3);
        await UntilAsync(id, "active");
        var most = 0;
        using var watch = _world.Store.Watch(_ => most = Math.Max(most, _world.Store.Current.By<Container>("serviceId", id).Count(c => c.State != "running"))).Subscription;

        await _world.WriteAsync(tx => { tx.Ask(tx.View.Get<Service>(id)! with { RestartCount = 1, RestartBatch = 1 }, "restart"); });

        _world.Store.Current.Find<Service>(id)!.State.ShouldBe("restarting");
        await UntilAsync(id, "active");
        foreach (var container in Containers(id)) host.Assigned(container.Name!).RestartCount.ShouldBe(1);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_done_to_a_service_stands_in_its_log()
    {
        await _world.AddHostAsync("one");
        var id = await CreateAsync("web", scale: 2);
        await UntilAsync(id, "active");
        await ScaleAsync(id, 1);
        await UntilAsync(id, "active");

        var log = await _world.Store.QueryHistoryAsync(Catalog.All.Of<ServiceLog>(), "serviceId", id);

        log.Select(e => (ServiceLog)e.Wanted).Select(e => e.Description).ShouldBe(["Removing shop-web-2: the service was scaled down", "Creating unit 2", "Creating unit 1"]);
        log.Select(e => ((ServiceLog)e.Wanted).EventType).ShouldBe(["service.instance.delete", "service.instance.create", "service.instance.create"]);
    }

    private static ContainerSpec Image { get; } = new() { ImageUuid = "docker:busybox" };

    private Service New(string name, long scale = 1, bool running = true, ContainerSpec? spec = null, EquatableMap<string> labels = default, EquatableArray<SecondaryLaunchConfig> sidekicks = default, long? requestedHost = null) => new()
    {
        AccountId = TestWorld.Environment,
        StackId = _stack,
        Name = name,
        Scale = scale,
        Running = running,
        LaunchConfig = new LaunchConfig { Spec = spec ?? Image, Labels = labels, RequestedHostId = requestedHost },
        SecondaryLaunchConfigs = sidekicks,
    };

    private async Task<long> CreateAsync(string name, long scale = 1, bool running = true, ContainerSpec? spec = null, EquatableMap<string> labels = default, EquatableArray<SecondaryLaunchConfig> sidekicks = default, long? requestedHost = null)
        => (await _world.WriteAsync(tx => tx.Create(New(name, scale, running, spec, labels, sidekicks, requestedHost)))).Id;

    private Task ScaleAsync(long id, long scale)
        => _world.WriteAsync(tx => { tx.Ask(tx.View.Get<Service>(id)! with { Scale = scale }, "update"); });

    private List<Container> Containers(long id)
        => [.. _world.Store.Current.By<Container>("serviceId", id).Select(c => (Container)c.Wanted).Where(c => !c.RemoveRequested)];

    private Task<Entry> UntilAsync(long id, string state) => UntilAsync(id, entry => entry.State == state);

    private async Task<Entry> UntilAsync(long id, Func<Entry, bool> holds)
    {
        var view = await _world.UntilAsync(v => v.Find<Service>(id) is { } entry && holds(entry), v => Describe(v, id));
        return view.Find<Service>(id)!;
    }

    private static string Describe(Snapshot view, long id)
        => view.Find<Service>(id) is not { } entry ? "it is gone"
            : $"{entry.State} {entry.Seen}; {string.Join("; ", view.By<Container>("serviceId", id).Select(c => $"{c.Wanted.Name} {c.State} {c.Seen.Why?.Reason}"))}";
}
