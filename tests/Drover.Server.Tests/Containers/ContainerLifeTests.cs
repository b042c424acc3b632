using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Volumes;
using Drover.Protocol;
using Drover.Server.Containers;

namespace Drover.Server.Tests.Containers;

/// <summary>Standalone containers from wish to process and back, with a puppet for a host.</summary>
public sealed class ContainerLifeTests : IAsyncLifetime
{
    private TestWorld _world = null!;

    public async ValueTask InitializeAsync() => _world = await TestWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_container_is_placed_started_and_shown_running()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });

        var entry = await UntilAsync(id, "running");

        var seen = (ContainerSeen)entry.Seen;
        ((Container)entry.Wanted).HostId.ShouldBe(host.Id);
        seen.ExternalId.ShouldNotBeNull();
        seen.StartCount.ShouldBe(1);
        seen.FirstRunning.ShouldNotBeNull();
        entry.Transitioning.ShouldBe("no");
        seen.Why.ShouldBeNull();
        host.Assigned("c").EngineName.ShouldStartWith("r-c-");
        host.Assigned("c").Labels[ContainerLabels.Uuid].ShouldBe(entry.Wanted.Uuid);
    }

    [Fact]
    public async Task Without_a_host_it_says_what_it_waits_for_and_starts_when_one_comes()
    {
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        var waiting = await UntilAsync(id, e => e.Seen.Why is not null);
        waiting.State.ShouldBe("creating");
        waiting.Seen.TransitioningMessage.ShouldBe("Scheduling failed: the environment has no host");

        await _world.AddHostAsync("one");

        await UntilAsync(id, "running");
    }

    [Fact]
    public async Task Two_containers_do_not_get_one_port_of_one_host()
    {
        await _world.AddHostAsync("one");
        var first = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox", Ports = ["8081:80/tcp"] });
        await UntilAsync(first, "running");
        var second = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox", Ports = ["8081:81/tcp"] });
        (await UntilAsync(second, e => e.Seen.Why is not null)).Seen.Why!.Reason.ShouldBe("Scheduling failed: one has port 8081/tcp taken");

        await _world.WriteAsync(tx => ContainerMoves.Remove(tx, first));

        await UntilAsync(second, "running");
    }

    [Fact]
    public async Task Stop_start_restart_and_remove_go_through_the_states_of_the_contract()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        await UntilAsync(id, "running");

        (await AskAsync(id, ContainerMoves.Restart)).ShouldBe("restarting");
        await UntilAsync(id, "running");
        host.Assigned("c").RestartCount.ShouldBe(1);
        (await AskAsync(id, (tx, c) => ContainerMoves.Stop(tx, c))).ShouldBe("stopping");
        await UntilAsync(id, "stopped");
        host.Running.ShouldBeEmpty();
        (await AskAsync(id, ContainerMoves.Start)).ShouldBe("starting");
        await UntilAsync(id, "running");
        (await AskAsync(id, ContainerMoves.Remove)).ShouldBe("stopping");
        await _world.UntilAsync(view => view.Find<Container>(id) is null);
        host.Running.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_image_is_an_error_with_the_engines_words_and_the_next_try()
    {
        var next = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var host = await _world.AddHostAsync("one");
        host.Refuse = c => new ContainerStatus { Uuid = c.Uuid, Generation = c.Generation, Error = "manifest unknown", NextTry = next };

        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:nonsense" });

        var entry = await UntilAsync(id, "error");
        entry.Transitioning.ShouldBe("error");
        entry.Seen.TransitioningMessage.ShouldBe("manifest unknown");
        entry.Seen.Why!.NextTry.ShouldBe(next);
    }

    [Fact]
    public async Task A_host_that_cannot_run_it_at_all_loses_it_to_another()
    {
        var one = await _world.AddHostAsync("one");
        var two = await _world.AddHostAsync("two");
        one.Refuse = Rejected;
        var ids = new List<long>();
        for (var i = 0; i < 6; i++) ids.Add(await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" }));

        foreach (var id in ids) ((Container)(await UntilAsync(id, "running")).Wanted).HostId.ShouldBe(two.Id);
        one.Running.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_only_host_keeps_what_it_rejects_and_shows_the_error()
    {
        var host = await _world.AddHostAsync("one");
        host.Refuse = Rejected;

        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });

        var entry = await UntilAsync(id, "error");
        entry.Seen.TransitioningMessage.ShouldBe("port is taken by somebody else");
        ((Container)entry.Wanted).HostId.ShouldBe(host.Id);
    }

    [Fact]
    public async Task A_host_that_joins_takes_what_the_only_host_rejected()
    {
        var one = await _world.AddHostAsync("one");
        one.Refuse = Rejected;
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        await UntilAsync(id, "error");

        var two = await _world.AddHostAsync("two");

        ((Container)(await UntilAsync(id, "running")).Wanted).HostId.ShouldBe(two.Id);
    }

    [Fact]
    public async Task A_report_of_an_older_generation_changes_no_state()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        var entry = await UntilAsync(id, "running");
        host.Frozen = true;
        await AskAsync(id, (tx, c) => ContainerMoves.Stop(tx, c));

        host.Say(new StatusReport([new ContainerStatus { Uuid = entry.Wanted.Uuid!, State = SeenState.Running, Generation = 1, StartCount = 7 }]));

        (await UntilAsync(id, e => ((ContainerSeen)e.Seen).StartCount == 7)).State.ShouldBe("stopping");
    }

    [Fact]
    public async Task One_that_ends_by_itself_is_stopped_and_stays_so()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        await UntilAsync(id, "running");

        host.Kill("c", exitCode: 3);

        ((ContainerSeen)(await UntilAsync(id, "stopped")).Seen).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task One_that_was_removed_by_hand_is_removed()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        await UntilAsync(id, "running");

        host.RemoveByHand("c");

        await _world.UntilAsync(view => view.Find<Container>(id) is null);
    }

    [Fact]
    public async Task One_started_by_hand_is_imported_and_not_assigned_a_spec()
    {
        var host = await _world.AddHostAsync("one");
        host.Say(new StatusReport([new ContainerStatus
        {
            Uuid = "a5f1ae64-0000-0000-0000-000000000001",
            State = SeenState.Running,
            EngineId = "e1",
            Address = "172.17.0.2",
            Imported = new ImportedContainer("/mine", "redis:3", default, EquatableMap.Of(("a", "b")), default, ["X=1"], "box", "bridge", null),
        }]));

        var view = await _world.UntilAsync(v => v.All<Container>().Any());

        var entry = view.All<Container>().Single();
        var container = (Container)entry.Wanted;
        container.NativeContainer.ShouldBeTrue();
        container.Name.ShouldBe("mine");
        container.Spec.ImageUuid.ShouldBe("docker:redis:3");
        container.Spec.Environment["X"].ShouldBe("1");
        entry.State.ShouldBe("running");
        await _world.UntilAsync(_ => host.Received.OfType<Assignments>().Any(a => a.Containers.Items.Any(c => c.ImportedId == "e1" && c.Spec is null)));
    }

    [Fact]
    public async Task A_named_volume_is_made_on_the_host_and_becomes_active()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox", DataVolumes = ["data:/var/lib/data", "/anonymous", "/etc:/etc:ro"] });
        await UntilAsync(id, "running");

        var view = await _world.UntilAsync(v => v.All<Volume>().Any(e => e.State == "active"));

        var volume = (Volume)view.All<Volume>().Single().Wanted;
        volume.Name.ShouldBe("data");
        volume.HostId.ShouldBe(host.Id);
    }

    [Fact]
    public async Task A_host_that_comes_back_without_a_container_has_lost_it()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        await UntilAsync(id, "running");

        host.Say(new Inventory([], []));

        await _world.UntilAsync(view => view.Find<Container>(id) is null);
    }

    [Fact]
    public async Task A_new_session_is_told_everything_and_ends_the_one_before()
    {
        var host = await _world.AddHostAsync("one");
        var id = await CreateAsync(new ContainerSpec { ImageUuid = "docker:busybox" });
        await UntilAsync(id, "running");
        var before = host.Received.OfType<Welcome>().Last().Session;

        _world.Connect(host);

        await _world.UntilAsync(_ => true);
        var complete = await EventuallyAsync(() => host.Received.OfType<Assignments>().Count(a => a is { Complete: true, Sequence: 1 }) == 2);
        complete.ShouldBeTrue();
        host.Received.OfType<Welcome>().Last().Session.ShouldBeGreaterThan(before);
        ((HostSeen)_world.Store.Current.Find<Host>(host.Id)!.Seen).AgentState.ShouldBe("active");
    }

    private static ContainerStatus Rejected(ContainerAssignment c)
        => new() { Uuid = c.Uuid, Generation = c.Generation, Error = "port is taken by somebody else", Rejected = true, NextTry = DateTimeOffset.MaxValue };

    private static async Task<bool> EventuallyAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 500 && !holds(); i++) await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        return holds();
    }

    private async Task<long> CreateAsync(ContainerSpec spec)
        => (await _world.WriteAsync(tx => tx.Create(new Container { AccountId = TestWorld.Environment, Name = "c", Spec = spec }))).Id;

    private async Task<string?> AskAsync(long id, Action<Store.WriteTx, long> ask)
        => await _world.WriteAsync(tx =>
        {
            ask(tx, id);
            return tx.View.Find<Container>(id)!.State;
        });

    private Task<Entry> UntilAsync(long id, string state) => UntilAsync(id, entry => entry.State == state);

    private async Task<Entry> UntilAsync(long id, Func<Entry, bool> holds)
    {
        var view = await _world.UntilAsync(
            v => v.Find<Container>(id) is { } entry && holds(entry),
            v => v.Find<Container>(id) is { } entry ? $"{entry.State}: {entry.Seen}" : "it is gone");
        return view.Find<Container>(id)!;
    }
}
