using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Agent.Tests;

public sealed class RestartTests
{
    private readonly AgentRig _rig = new AgentRig().Start();

    [Fact]
    public void A_container_of_a_service_that_crashes_runs_again()
    {
        Run(Wanted.OfService("web"));

        _rig.Runtime.Crash("web");

        _rig.Until(() => _rig.Server.Seen["web"] is { State: SeenState.Running, StartCount: 2 }, "It runs again");
    }

    [Fact]
    public void A_container_of_a_service_that_somebody_stops_runs_again()
    {
        Run(Wanted.OfService("web"));

        _rig.Runtime.StopByHand("web");

        _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It runs again");
    }

    [Theory]
    [InlineData("always")]
    [InlineData("unless-stopped")]
    [InlineData("on-failure")]
    public void A_standalone_container_with_a_restart_policy_runs_again_after_a_crash_and_rests_after_a_stop_by_hand(string policy)
    {
        Run(Wanted.Standalone("box", policy));

        _rig.Runtime.Crash("box");
        _rig.Until(() => _rig.StateOf("box") == SeenState.Running, "It runs again");
        _rig.Runtime.StopByHand("box");
        _rig.UntilSeen("box", SeenState.Exited);
        _rig.Loop.For(TimeSpan.FromHours(2));

        _rig.StateOf("box").ShouldBe(SeenState.Exited);
        _rig.Server.Seen["box"].NextTry.ShouldBeNull();
    }

    [Fact]
    public void A_stop_by_hand_outlives_the_agent()
    {
        Run(Wanted.Standalone("box", "always"));
        _rig.Runtime.StopByHand("box");
        _rig.UntilSeen("box", SeenState.Exited);

        _rig.Kill();
        _rig.Start();
        _rig.Loop.For(TimeSpan.FromMinutes(10));

        _rig.StateOf("box").ShouldBe(SeenState.Exited);
    }

    [Fact]
    public void Started_by_hand_after_a_stop_by_hand_it_is_under_its_policy_again()
    {
        Run(Wanted.Standalone("box", "always"));
        _rig.Runtime.StopByHand("box");
        _rig.UntilSeen("box", SeenState.Exited);

        _rig.Runtime.StartByHand("box");
        _rig.UntilSeen("box", SeenState.Running);
        _rig.Loop.For(TimeSpan.FromMinutes(1));
        _rig.Runtime.Crash("box");

        _rig.Until(() => _rig.StateOf("box") == SeenState.Running, "It runs again");
    }

    [Fact]
    public void Restarted_by_hand_a_crash_soon_after_is_still_a_crash()
    {
        Run(Wanted.Standalone("box", "always"));
        _rig.Runtime.StopByHand("box");
        _rig.Runtime.StartByHand("box");
        _rig.Loop.For(TimeSpan.FromSeconds(2));
        _rig.Runtime.Crash("box");

        _rig.Until(() => _rig.StateOf("box") == SeenState.Running, "It runs again");
    }

    [Fact]
    public void A_crash_while_the_start_is_still_being_looked_at_is_not_missed()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour { LookTime = TimeSpan.FromMilliseconds(500) }.With("nginx:1", new ImageBehaviour { RunsFor = TimeSpan.FromMilliseconds(100), ExitCode = 1 });
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Until(() => _rig.Calls.Contains("start web"), "It starts");

        _rig.Until(() => _rig.Calls.Count(call => call == "start web") == 2, "It starts again", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_crash_loop_slows_down_and_tells_when_it_tries_again()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour().With("nginx:1", new ImageBehaviour { RunsFor = TimeSpan.FromSeconds(1), ExitCode = 3 });
        _rig.Server.Want(Wanted.OfService("web"));

        _rig.Loop.For(TimeSpan.FromMinutes(10));

        var starts = _rig.Calls.Count(call => call == "start web");
        starts.ShouldBeInRange(12, 25);
        _rig.Until(() => _rig.Server.Seen["web"] is { State: SeenState.Exited, NextTry: not null, ExitCode: 3 }, "It says when it tries again");
        (_rig.Server.Seen["web"].NextTry!.Value - _rig.Now).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_stable_run_ends_a_series_of_crashes()
    {
        Run(Wanted.OfService("web"));
        for (var crash = 0; crash < 8; crash++)
        {
            _rig.Runtime.Crash("web");
            _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It runs again");
        }

        _rig.Loop.For(TimeSpan.FromSeconds(11));
        _rig.Runtime.Crash("web");

        _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It runs again soon", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_start_once_job_runs_once_and_again_when_somebody_asks()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour().With("job:1", new ImageBehaviour { RunsFor = TimeSpan.FromSeconds(2) });
        _rig.Server.Want(Wanted.OfService("job", "job:1") with { StartOnce = true });
        _rig.UntilSeen("job", SeenState.Exited);

        _rig.Loop.For(TimeSpan.FromHours(2));
        _rig.Calls.Count(call => call == "start job").ShouldBe(1);
        _rig.Server.Change("job", job => job);
        _rig.Until(() => _rig.Calls.Count(call => call == "start job") == 2, "It runs once more");
    }

    [Fact]
    public void On_failure_with_retries_ends_for_good_after_them()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour().With("nginx:1", new ImageBehaviour { RunsFor = TimeSpan.FromSeconds(1), ExitCode = 1 });
        _rig.Server.Want(Wanted.Standalone("box", "on-failure", retries: 2));

        _rig.Loop.For(TimeSpan.FromHours(1));

        _rig.Calls.Count(call => call == "start box").ShouldBe(3);
        _rig.Server.Seen["box"].ShouldSatisfyAllConditions(seen => seen.State.ShouldBe(SeenState.Exited), seen => seen.NextTry.ShouldBeNull());
    }

    [Fact]
    public void A_restart_that_is_asked_for_happens_once()
    {
        Run(Wanted.OfService("web"));

        _rig.Server.Change("web", web => web with { RestartCount = 1 });
        _rig.Until(() => _rig.Server.Seen["web"] is { State: SeenState.Running, RestartCount: 1, Generation: 2 }, "The restart is reached");
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Calls.ShouldBe(["pull nginx:1", "create web", "start web", "stop web", "start web"]);
    }

    [Fact]
    public void A_new_generation_that_asks_for_nothing_new_touches_nothing()
    {
        Run(Wanted.OfService("web"));

        _rig.Server.Change("web", web => web with { Name = "renamed", Spec = web.Spec! with { ImageUuid = "docker:nginx:2" } });
        _rig.UntilRunning("web");

        _rig.Calls.ShouldBe(["pull nginx:1", "create web", "start web"]);
    }

    private void Run(ContainerAssignment container)
    {
        _rig.Server.Want(container);
        _rig.UntilRunning(container.Uuid);
    }
}
