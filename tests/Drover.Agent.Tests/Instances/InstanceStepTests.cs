using Drover.Agent.Instances;
using Drover.Agent.Tests.Harness;
using Drover.Protocol;

namespace Drover.Agent.Tests.Instances;

public sealed class InstanceStepTests
{
    private static readonly DateTimeOffset Now = SeenArbitrary.Now;

    private static readonly InstanceSeen Ended = new()
    {
        State = SeenState.Exited,
        Generation = 1,
        StartedAt = Now.AddHours(-1),
        EndedAt = Now.AddMinutes(-2),
        ExitCode = 1,
        Ends = 1,
    };

    [Fact]
    public void A_new_container_is_pulled_then_created_then_started()
    {
        var web = Wanted.OfService("web");

        InstanceStep.Next(web, new InstanceSeen(), Now).ShouldBe(new Step.Pull("nginx:1"));
        InstanceStep.Next(web, new InstanceSeen { ImageReady = true }, Now).ShouldBe(new Step.Create());
        InstanceStep.Next(web, new InstanceSeen { State = SeenState.Created }, Now).ShouldBe(new Step.Start());
        InstanceStep.Next(web, new InstanceSeen { State = SeenState.Running, Generation = 1 }, Now).ShouldBe(new Step.Nothing());
    }

    [Fact]
    public void A_container_that_shall_rest_is_created_and_not_started()
    {
        var resting = Wanted.Standalone("box") with { Wanted = WantedState.Stopped };

        InstanceStep.Next(resting, new InstanceSeen { ImageReady = true }, Now).ShouldBe(new Step.Create());
        InstanceStep.Next(resting, new InstanceSeen { State = SeenState.Created }, Now).ShouldBe(new Step.Nothing());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_container_started_by_hand_that_ended_is_started_only_when_somebody_asks_for_it(long generation, bool starts)
    {
        var imported = Wanted.Standalone("box") with { ImportedId = "e1", Spec = null, Generation = generation };

        InstanceStep.Next(imported, Ended with { Generation = 0 }, Now).ShouldBe(starts ? new Step.Start() : new Step.Nothing());
    }

    [Fact]
    public void It_waits_for_what_it_needs_and_says_for_what()
    {
        var web = Wanted.OfService("web");

        InstanceStep.Next(web, new InstanceSeen { ImageReady = true, CreateWaitsFor = "Waiting for data" }, Now).ShouldBe(new Step.Wait(null, "Waiting for data"));
        InstanceStep.Next(web, new InstanceSeen { State = SeenState.Created, StartWaitsFor = "Waiting for db" }, Now).ShouldBe(new Step.Wait(null, "Waiting for db"));
    }

    [Theory]
    [InlineData(null, 1, false)]
    [InlineData("no", 1, false)]
    [InlineData("always", 0, true)]
    [InlineData("always", 1, true)]
    [InlineData("unless-stopped", 0, true)]
    [InlineData("on-failure", 1, true)]
    [InlineData("on-failure", 0, false)]
    public void A_standalone_container_that_ended_follows_its_restart_policy(string? policy, long exitCode, bool startsAgain)
        => InstanceStep.Next(Wanted.Standalone("box", policy), Ended with { ExitCode = exitCode }, Now).ShouldBe(startsAgain ? new Step.Start() : new Step.Nothing());

    [Theory]
    [InlineData("always")]
    [InlineData("unless-stopped")]
    [InlineData("on-failure")]
    public void A_standalone_container_stopped_by_hand_stays_stopped(string policy)
        => InstanceStep.Next(Wanted.Standalone("box", policy), Ended with { StoppedByHand = true }, Now).ShouldBe(new Step.Nothing());

    [Fact]
    public void A_container_of_a_service_is_started_again_even_where_somebody_stopped_it()
        => InstanceStep.Next(Wanted.OfService("web"), Ended with { StoppedByHand = true, ExitCode = 0 }, Now).ShouldBe(new Step.Start());

    [Fact]
    public void A_start_once_container_stays_ended_even_in_a_service_that_keeps_running()
        => InstanceStep.Next(Wanted.OfService("job") with { StartOnce = true }, Ended, Now).ShouldBe(new Step.Nothing());

    [Fact]
    public void On_failure_gives_up_after_its_retries()
    {
        var box = Wanted.Standalone("box", "on-failure", retries: 3);

        InstanceStep.Next(box, Ended with { Ends = 3 }, Now).ShouldBe(new Step.Start());
        InstanceStep.Next(box, Ended with { Ends = 4 }, Now).ShouldBe(new Step.Nothing());
    }

    [Fact]
    public void Somebody_who_asks_for_a_start_gets_one_whatever_the_policy_says()
    {
        var asked = Wanted.Standalone("box") with { Generation = 2, StartOnce = true };

        InstanceStep.Next(asked, Ended with { StoppedByHand = true, Ends = 9, EndedAt = Now }, Now).ShouldBe(new Step.Start());
    }

    [Fact]
    public void Crashes_in_a_row_are_answered_ever_more_slowly()
    {
        var web = Wanted.OfService("web");

        InstanceStep.Next(web, Ended with { Ends = 1, EndedAt = Now }, Now).ShouldBe(new Step.Wait(Now.AddMilliseconds(100), "Trying again"));
        InstanceStep.Next(web, Ended with { Ends = 4, EndedAt = Now }, Now).ShouldBe(new Step.Wait(Now.AddMilliseconds(800), "Trying again"));
        InstanceStep.Next(web, Ended with { Ends = 40, EndedAt = Now }, Now).ShouldBe(new Step.Wait(Now.AddMinutes(1), "Trying again"));
    }

    [Fact]
    public void A_restart_half_done_is_finished_even_where_no_policy_would_start_it()
        => InstanceStep.Next(Wanted.Standalone("box"), Ended with { RestartFrom = Now.AddHours(-1), EndedAt = Now }, Now).ShouldBe(new Step.Start());

    [Fact]
    public void A_restart_that_already_happened_before_a_crash_of_the_agent_is_not_done_again()
    {
        var asked = Wanted.OfService("web") with { RestartCount = 1 };
        var seen = new InstanceSeen { State = SeenState.Running, RestartFrom = Now.AddHours(-1), StartedAt = Now };

        InstanceStep.Next(asked, seen, Now).ShouldBe(new Step.Nothing());
    }

    [Fact]
    public void One_that_lost_the_network_it_shares_is_restarted()
        => InstanceStep.Next(Wanted.OfService("side"), new InstanceSeen { State = SeenState.Running, Generation = 1, NetworkLost = true }, Now).ShouldBe(new Step.Restart());

    [Fact]
    public void One_that_is_gone_from_the_engine_is_not_made_again_by_the_host()
        => InstanceStep.Next(Wanted.OfService("web"), new InstanceSeen { State = SeenState.Removed, ImageReady = true }, Now).ShouldBe(new Step.Nothing());

    [Theory]
    [InlineData(SeenState.Running, "Stop")]
    [InlineData(SeenState.Created, "Remove")]
    [InlineData(SeenState.Exited, "Remove")]
    [InlineData(SeenState.Nothing, "Nothing")]
    [InlineData(SeenState.Removed, "Nothing")]
    public void What_shall_go_is_stopped_then_removed(SeenState state, string step)
        => InstanceStep.Next(Wanted.OfService("web") with { Wanted = WantedState.Removed }, new InstanceSeen { State = state }, Now).GetType().Name.ShouldBe(step);
}
