using Drover.Agent.Tests.Harness;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Agent.Tests;

public sealed class FailureTests
{
    private readonly AgentRig _rig = new AgentRig().Start();

    [Fact]
    public void An_image_that_no_registry_has_is_tried_again_and_rejected_after_five_tries()
    {
        Behave(new ImageBehaviour { Missing = true });
        _rig.Server.Want(Wanted.OfService("web"));

        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { Error: "manifest for nginx:1 not found", Rejected: false, Generation: 0, NextTry: not null }, "The first failures are not the last word");
        _rig.Until(() => _rig.Server.Seen["web"] is { Rejected: true, Generation: 1, NextTry: not null, State: SeenState.Nothing }, "It is rejected");
        _rig.Calls.Count(call => call.StartsWith("pull", StringComparison.Ordinal)).ShouldBe(5);
    }

    [Fact]
    public void One_that_waits_for_its_next_try_is_tried_at_once_when_it_is_told_again()
    {
        Behave(new ImageBehaviour { Missing = true });
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { Rejected: true, NextTry: not null }, "It is rejected");
        var due = _rig.Server.Seen["web"].NextTry!.Value;
        Behave(new ImageBehaviour());

        _rig.Server.Want(Wanted.OfService("web"));

        _rig.UntilRunning("web");
        _rig.Now.ShouldBeLessThan(due);
    }

    [Fact]
    public void A_rejected_container_that_can_run_after_all_runs()
    {
        Behave(new ImageBehaviour { Missing = true });
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { Rejected: true }, "It is rejected");

        Behave(new ImageBehaviour());
        _rig.UntilRunning("web");

        _rig.Server.Seen["web"].ShouldSatisfyAllConditions(seen => seen.Rejected.ShouldBeFalse(), seen => seen.Error.ShouldBeNull());
    }

    [Fact]
    public void Settings_that_the_engine_refuses_are_rejected_at_once()
    {
        Behave(new ImageBehaviour { CreateError = "Invalid port specification" });
        _rig.Server.Want(Wanted.OfService("web"));

        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { Rejected: true, Generation: 1, Error: "Invalid port specification" }, "It is rejected");

        _rig.Calls.ShouldBe(["pull nginx:1"]);
    }

    [Fact]
    public void A_private_image_is_pulled_with_the_credentials_that_came_with_it()
    {
        Behave(new ImageBehaviour { Password = "s3cret" });
        _rig.Server.Want(Wanted.OfService("web") with { RegistryAuth = new RegistryAuth("r:5000", "ann", "s3cret") }, Wanted.OfService("thief") with { RegistryAuth = new RegistryAuth("r:5000", "eve", "guess") });

        _rig.UntilRunning("web");
        _rig.Log.Lines.ShouldAllBe(line => !line.Contains("s3cret"));
    }

    [Fact]
    public void A_port_that_is_taken_is_tried_again_until_it_is_free()
    {
        _rig.Server.Want(Publishing("one"), Publishing("two"));
        _rig.Until(() => _rig.Server.Seen.Values.Any(seen => seen.Error?.Contains("already allocated") == true), "One of them finds the port taken");
        var winner = _rig.Server.Seen.Values.Single(seen => seen.State == SeenState.Running).Uuid;

        _rig.Server.Forget(winner);

        _rig.UntilRunning(winner == "one" ? "two" : "one");
    }

    [Fact]
    public void A_failure_after_the_first_start_is_no_rejection()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        Behave(new ImageBehaviour { StartError = "no space left on device" });
        _rig.Runtime.Crash("web");

        _rig.Until(() => _rig.Server.Seen["web"] is { Error: "no space left on device", Generation: 1 }, "It fails");
        _rig.Loop.For(TimeSpan.FromMinutes(10));

        _rig.Server.Seen["web"].Rejected.ShouldBeFalse();
    }

    [Fact]
    public void Whoever_asks_anew_is_not_made_to_wait_for_old_failures()
    {
        Behave(new ImageBehaviour { StartError = "no space left on device" });
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Loop.For(TimeSpan.FromMinutes(20));

        Behave(new ImageBehaviour());
        _rig.Server.Change("web", web => web);

        _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It runs at once", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void A_pull_that_nobody_wants_any_more_is_ended()
    {
        Behave(new ImageBehaviour { PullTime = TimeSpan.FromHours(1) });
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("web") is { State: SeenState.Pulling, Progress: "Pulling nginx:1" }, "It is being pulled");

        _rig.Server.Forget("web");

        _rig.Until(() => !_rig.Server.Seen.ContainsKey("web"), "It is forgotten", TimeSpan.FromSeconds(5));
        _rig.Calls.ShouldBe(["pull nginx:1"]);
    }

    [Fact]
    public void Slow_images_hold_up_neither_each_other_nor_starts()
    {
        var slow = new ImageBehaviour { PullTime = TimeSpan.FromHours(1) };
        _rig.Runtime.Behaviour = Enumerable.Range(1, 9).Aggregate(new FakeBehaviour(), (behaviour, n) => behaviour.With($"slow:{n}", slow));
        _rig.Server.Want([.. Enumerable.Range(1, 30).Select(n => Wanted.OfService($"a-{n}", "slow:1"))]);
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");

        _rig.Server.Want([.. Enumerable.Range(2, 8).Select(n => Wanted.OfService($"b-{n}", $"slow:{n}"))]);
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Runtime.Crash("web");

        _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It runs again");
        _rig.Calls.Count(call => call.StartsWith("pull slow", StringComparison.Ordinal)).ShouldBe(4);
        _rig.Loop.For(TimeSpan.FromHours(4));
        _rig.Runtime.Containers.Count(container => container.State == SeenState.Running).ShouldBe(39);
    }

    [Fact]
    public void A_stop_that_takes_long_is_cut_short_by_a_shorter_one()
    {
        Behave(new ImageBehaviour { IgnoresStop = true });
        _rig.Server.Want(Wanted.Standalone("box"));
        _rig.UntilRunning("box");
        _rig.Server.Change("box", box => box with { Wanted = WantedState.Stopped, StopSeconds = 600 });
        _rig.Loop.For(TimeSpan.FromSeconds(5));

        _rig.Server.Change("box", box => box with { StopSeconds = 1 });

        _rig.Until(() => _rig.StateOf("box") == SeenState.Exited, "It is stopped", TimeSpan.FromSeconds(3));
    }

    private static ContainerAssignment Publishing(string uuid)
    {
        var container = Wanted.OfService(uuid);
        return container with { Spec = container.Spec! with { Ports = new EquatableArray<string>(["8080:80/tcp"]) } };
    }

    private void Behave(ImageBehaviour behaviour) => _rig.Runtime.Behaviour = new FakeBehaviour().With("nginx:1", behaviour);
}
