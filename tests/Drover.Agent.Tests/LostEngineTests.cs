using Drover.Agent.Tests.Harness;
using Drover.Protocol;

namespace Drover.Agent.Tests;

public sealed class LostEngineTests
{
    private readonly AgentRig _rig = new AgentRig().Start();

    [Fact]
    public void After_an_engine_restart_each_container_comes_back_as_its_policy_says()
    {
        Run(Wanted.OfService("web"), Wanted.Standalone("always", "always"), Wanted.Standalone("unless", "unless-stopped"), Wanted.Standalone("fails", "on-failure"), Wanted.Standalone("once"));
        _rig.Runtime.GoDown();
        _rig.Until(() => _rig.Server.Host is { EngineUp: false }, "The server hears that the engine is down");
        _rig.Loop.For(TimeSpan.FromMinutes(1));

        _rig.Runtime.ComeUp();
        _rig.UntilRunning("web", "always", "unless", "fails");
        _rig.UntilSeen("once", SeenState.Exited);

        _rig.Server.Host!.EngineUp.ShouldBeTrue();
        _rig.Calls.ShouldNotContain("stop web");
    }

    [Fact]
    public void An_engine_that_keeps_its_containers_running_while_it_restarts_gets_them_back_untouched()
    {
        Run(Wanted.OfService("web"), Wanted.Standalone("box"));
        var before = _rig.Calls.Count;

        _rig.Runtime.GoDown(containersGoOn: true);
        _rig.Loop.For(TimeSpan.FromMinutes(1));
        _rig.Runtime.ComeUp();
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Calls.Count.ShouldBe(before);
        _rig.Server.Seen["web"].State.ShouldBe(SeenState.Running);
    }

    [Fact]
    public void Containers_that_a_dying_engine_stops_were_not_stopped_by_hand()
    {
        Run(Wanted.Standalone("box", "unless-stopped"));
        _rig.Runtime.StopByHand("box");
        _rig.Loop.For(TimeSpan.FromSeconds(2));
        _rig.Runtime.GoDown();
        _rig.Loop.For(TimeSpan.FromSeconds(5));

        _rig.Runtime.ComeUp();

        _rig.UntilRunning("box");
    }

    [Fact]
    public void What_is_wanted_while_the_engine_is_down_is_done_when_it_is_back()
    {
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Runtime.GoDown();
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Loop.For(TimeSpan.FromHours(1));
        _rig.Calls.ShouldBeEmpty();

        _rig.Runtime.ComeUp();

        _rig.UntilRunning("web");
        _rig.Server.Seen["web"].Error.ShouldBeNull();
    }

    [Fact]
    public void An_engine_that_dies_in_the_middle_of_a_start_fails_no_container()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.Until(() => _rig.Calls.Contains("create web"), "It is created");
        _rig.Runtime.GoDown();
        _rig.Loop.For(TimeSpan.FromSeconds(30));
        _rig.Server.Seen["web"].Error.ShouldBeNull();

        _rig.Runtime.ComeUp();

        _rig.UntilRunning("web");
        _rig.Calls.Count(call => call == "create web").ShouldBe(1);
    }

    [Fact]
    public void After_a_reboot_engine_and_agent_bring_back_what_ran_without_any_server()
    {
        Run(Wanted.OfService("db"), Wanted.OfService("web") with { StartAfter = ["db"] }, Wanted.Standalone("box", "always"));
        _rig.Kill();
        _rig.Server.GoDown();
        _rig.Runtime.GoDown();
        _rig.Loop.For(TimeSpan.FromMinutes(2));

        _rig.Start();
        _rig.Loop.For(TimeSpan.FromSeconds(20));
        _rig.Runtime.ComeUp();
        _rig.Until(() => _rig.Runtime.Containers.All(container => container.State == SeenState.Running), "All run");

        _rig.Calls.TakeLast(3).ToList().ShouldSatisfyAllConditions(
            calls => calls.Order().ShouldBe(["start box", "start db", "start web"]),
            calls => calls.IndexOf("start db").ShouldBeLessThan(calls.IndexOf("start web")));
    }

    [Fact]
    public void A_container_that_the_engine_cannot_show_hides_no_other()
    {
        Run(Wanted.OfService("web"));
        _rig.Runtime.NextLook = new RuntimeException(RuntimeFailure.Failed, "no such layer");
        _rig.Runtime.Crash("web");
        _rig.Server.Want(Wanted.OfService("api"));

        _rig.UntilRunning("api");

        _rig.Server.Messages.OfType<StatusReport>().ShouldAllBe(report => report.Host == null || report.Host.EngineUp);
        _rig.Until(() => _rig.Calls.Count(call => call == "start web") == 2, "The next look at all finds the crash");
    }

    [Fact]
    public void An_engine_that_answers_nonsense_is_asked_again()
    {
        Run(Wanted.OfService("web"));
        _rig.Runtime.NextLook = new FormatException("not JSON");
        _rig.Runtime.Crash("web");
        _rig.Loop.For(TimeSpan.FromSeconds(10));

        _rig.Log.Errors.ShouldHaveSingleItem().ShouldContain("something unexpected");
        _rig.Log.Errors.Clear();
        _rig.UntilRunning("web");
        _rig.Calls.Count(call => call == "start web").ShouldBe(2);
    }

    private void Run(params ContainerAssignment[] containers)
    {
        _rig.Server.Want(containers);
        _rig.UntilRunning([.. containers.Select(container => container.Uuid)]);
    }
}
