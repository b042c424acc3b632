using Drover.Agent.Hooks;
using Drover.Agent.Tests.Harness;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Agent.Tests;

public sealed class DependencyTests
{
    private readonly AgentRig _rig = new();

    [Fact]
    public void Containers_start_after_those_they_need()
    {
        _rig.Start();
        _rig.Server.Want(
            Wanted.OfService("a-web") with { StartAfter = ["b-db"] },
            Wanted.OfService("b-db") with { VolumesFrom = ["c-data"] },
            Wanted.OfService("c-data"));

        _rig.UntilRunning("a-web", "b-db", "c-data");

        _rig.Calls.IndexOf("create b-db").ShouldBeGreaterThan(_rig.Calls.IndexOf("create c-data"));
        _rig.Calls.IndexOf("start a-web").ShouldBeGreaterThan(_rig.Calls.IndexOf("start b-db"));
    }

    [Fact]
    public void One_that_waits_says_for_whom()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour().With("db:1", new ImageBehaviour { PullTime = TimeSpan.FromMinutes(1) });
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web") with { StartAfter = ["db"] }, Wanted.OfService("db", "db:1"));

        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { State: SeenState.Created, Progress: "Waiting for db" }, "It says so");
        _rig.UntilRunning("web", "db");
    }

    [Fact]
    public void Order_is_no_reason_to_wait_for_one_that_cannot_start()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour().With("db:1", new ImageBehaviour { Missing = true });
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web") with { StartAfter = ["db"] }, Wanted.OfService("db", "db:1"));

        _rig.UntilRunning("web");
    }

    [Fact]
    public void A_circle_of_orders_starts_nevertheless()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("a") with { StartAfter = ["c"] }, Wanted.OfService("b") with { StartAfter = ["a"] }, Wanted.OfService("c") with { StartAfter = ["b"] });

        _rig.UntilRunning("a", "b", "c");
    }

    [Fact]
    public void A_sidekick_on_the_network_of_one_that_crashed_gets_the_new_network()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"), Wanted.OfService("side") with { NetworkFrom = "web" });
        _rig.UntilRunning("web", "side");

        _rig.Loop.For(TimeSpan.FromMinutes(1));
        _rig.Runtime.Crash("web");
        _rig.Until(() => _rig.Calls.Count(call => call == "start side") == 2, "The sidekick is restarted");
        _rig.UntilRunning("web", "side");
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Calls.Skip(5).ShouldBe(["start web", "stop side", "start side"]);
    }

    [Fact]
    public void A_named_volume_exists_with_its_driver_before_its_container_is_created()
    {
        _rig.Server.Volumes["data"] = new VolumeAssignment("v1", "data", "nfs", EquatableMap.Of(("share", "a")));
        var web = Wanted.OfService("web");
        _rig.Server.Want(web with { Spec = web.Spec! with { DataVolumes = ["data:/data", "/var/log:/log", "/anonymous"] } });

        _rig.Start();
        _rig.UntilRunning("web");

        _rig.Server.SeenVolumes["data"].Driver.ShouldBe("nfs");
    }

    [Fact]
    public void A_volume_comes_and_goes_with_its_assignment_and_one_that_nobody_names_stays()
    {
        _rig.Start();
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Server.Volumes["kept"] = new VolumeAssignment("v0", "kept", "local", default);
        _rig.Server.Tell(new Assignments(0, false, Volumes: [new VolumeAssignment("v1", "data", "local", default), _rig.Server.Volumes["kept"]]));
        _rig.Until(() => _rig.Server.SeenVolumes.GetValueOrDefault("data") is { Mountpoint: not null } && _rig.Server.SeenVolumes.ContainsKey("kept"), "They are there");

        _rig.Server.Tell(new Assignments(0, false, RemovedVolumes: ["data"]));
        _rig.Until(() => !_rig.Server.SeenVolumes.ContainsKey("data"), "It is gone");
        _rig.Server.Volumes.Clear();
        _rig.Transport.Link!.Cut();
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Server.SeenVolumes.Keys.ShouldBe(["kept"]);
    }

    [Fact]
    public void A_volume_that_cannot_be_made_says_why_and_holds_up_no_other()
    {
        _rig.Runtime.BadDrivers.Add("nfs");
        _rig.Start();
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Server.Tell(new Assignments(0, false, Volumes: [new VolumeAssignment("v1", "far", "nfs", default), new VolumeAssignment("v2", "near", "local", default)]));

        _rig.Until(() => _rig.Server.SeenVolumes.GetValueOrDefault("far") is { Error: "driver nfs not found" } && _rig.Server.SeenVolumes.GetValueOrDefault("near") is { Error: null }, "One fails, one is made");
        _rig.Runtime.BadDrivers.Clear();

        _rig.Until(() => _rig.Server.SeenVolumes["far"] is { Error: null }, "It is tried again");
    }

    [Fact]
    public void Hooks_run_around_each_step_and_the_managed_network_is_there_before_the_first_address()
    {
        var hook = new Recorder();
        _rig.Hooks.Add(hook);
        _rig.Server.Network = new NetworkAssignment("10.42.0.0/16", "10.42.0.1");
        _rig.Start();
        _rig.Server.Want(Wanted.Standalone("box") with { Address = "10.42.0.9" });
        _rig.UntilRunning("box");
        _rig.Runtime.Network.ShouldBe(_rig.Server.Network);
        _rig.Server.Forget("box");
        _rig.Until(() => !_rig.Server.Seen.ContainsKey("box"), "It is gone");

        hook.Said.ShouldBe(["before create", "before start", "after start", "after stop", "after remove"]);
    }

    [Fact]
    public void A_hook_that_fails_fails_the_step_and_is_tried_again()
    {
        var hook = new Recorder { Failures = 2 };
        _rig.Hooks.Add(hook);
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));

        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { Error: "no address left" }, "It says why");
        _rig.UntilRunning("web");

        hook.Said.Count(word => word == "before create").ShouldBe(3);
    }

    private sealed class Recorder : IInstanceHook
    {
        public List<string> Said { get; } = [];

        public int Failures { get; set; }

        public ValueTask<ContainerAssignment> BeforeCreateAsync(ContainerAssignment container, HookScope scope)
        {
            Said.Add("before create");
            return Failures-- > 0 ? throw new RuntimeException(RuntimeFailure.Failed, "no address left") : new(container);
        }

        public ValueTask BeforeStartAsync(ContainerAssignment container, string engineId, HookScope scope) => Say("before start");

        public ValueTask AfterStartAsync(ContainerAssignment container, string engineId, HookScope scope) => Say("after start");

        public ValueTask AfterStopAsync(ContainerAssignment container, string engineId, HookScope scope) => Say("after stop");

        public ValueTask AfterRemoveAsync(ContainerAssignment container, HookScope scope) => Say("after remove");

        private ValueTask Say(string word)
        {
            Said.Add(word);
            return default;
        }
    }
}
