using Drover.Model.Containers;
using Drover.Protocol;
using Drover.Server.Containers;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Containers;

public sealed class ContainerReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static Container Wanted { get; } = new() { Id = 1, Uuid = "u", Name = "c", State = "starting", Generation = 3, Running = true };

    [Fact]
    public void A_run_of_the_wanted_generation_is_running()
    {
        var seen = Read(Wanted, new ContainerStatus { Uuid = "u", Generation = 3, State = SeenState.Running, EngineId = "e", StartCount = 2, StartedAt = Now.AddSeconds(-5) }).Seen;

        (seen.State, seen.Generation, seen.ExternalId, seen.StartCount, seen.FirstRunning, seen.Why).ShouldBe(("running", 3L, "e", 2L, Now.AddSeconds(-5), null));
    }

    [Fact]
    public void A_pull_shows_the_text_of_the_contract_and_ends_nothing()
    {
        var seen = Read(Wanted, new ContainerStatus { Uuid = "u", Generation = 2, State = SeenState.Pulling, Progress = "Pulling nginx:1" }).Seen;

        seen.TransitioningMessage.ShouldBe("Storage : Pulling nginx:1");
        seen.Generation.ShouldBe(0);
        seen.Why!.Reason.ShouldBe("Storage : Pulling nginx:1");
    }

    [Fact]
    public void A_failure_of_the_wanted_generation_is_an_error_with_the_next_try()
    {
        var reported = Read(Wanted, new ContainerStatus { Uuid = "u", Generation = 3, Error = "no such image", NextTry = Now.AddSeconds(8), Rejected = true });

        (reported.Seen.State, reported.Seen.Failed, reported.Seen.TransitioningMessage).ShouldBe(("error", true, "no such image"));
        reported.Seen.Why!.NextTry.ShouldBe(Now.AddSeconds(8));
        reported.IsRejected.ShouldBeTrue();
    }

    [Fact]
    public void The_wait_begins_once_and_not_anew_with_every_try()
    {
        var first = Read(Wanted, new ContainerStatus { Uuid = "u", Generation = 3, Error = "no such image", NextTry = Now.AddSeconds(1) }).Seen;

        var second = ContainerReport.Read(Wanted, first, new ContainerStatus { Uuid = "u", Generation = 3, Error = "no such image", NextTry = Now.AddSeconds(9) }, Now.AddSeconds(5)).Seen;

        second.Why!.Since.ShouldBe(Now);
        second.Why.NextTry.ShouldBe(Now.AddSeconds(9));
    }

    [Fact]
    public void What_shall_rest_and_does_is_stopped_whatever_went_wrong_on_the_way()
        => Read(Wanted with { Running = false }, new ContainerStatus { Uuid = "u", Generation = 3, State = SeenState.Nothing, Error = "no such image" }).Seen.State.ShouldBe("stopped");

    [Fact]
    public void A_stop_that_fails_is_not_stopped()
    {
        var seen = Read(Wanted with { Running = false, State = "stopping" }, new ContainerStatus { Uuid = "u", Generation = 3, State = SeenState.Running, Error = "the engine hangs" }).Seen;

        (seen.State, seen.Failed).ShouldBe(("stopping", true));
    }

    [Fact]
    public void A_start_by_hand_is_taken_as_wanted()
    {
        var reported = Read(Wanted with { Running = false }, new ContainerStatus { Uuid = "u", Generation = 3, State = SeenState.Running });

        reported.Wanted.Running.ShouldBeTrue();
        reported.Seen.State.ShouldBe("running");
    }

    [Fact]
    public void An_end_that_the_host_follows_with_a_start_says_when()
    {
        var seen = Read(Wanted, new ContainerStatus { Uuid = "u", Generation = 3, State = SeenState.Exited, ExitCode = 2, NextTry = Now.AddSeconds(4) }).Seen;

        (seen.State, seen.ExitCode).ShouldBe(("stopped", 2L));
        seen.Why!.Reason.ShouldBe("It ended with exit code 2 and is started again");
        seen.Why.NextTry.ShouldBe(Now.AddSeconds(4));
    }

    [Fact]
    public void No_report_of_an_older_generation_ends_a_through_state()
        => Prop.ForAll(Gen.Choose(0, 5).Select(n => (SeenState)n).Zip(Gen.Choose(0, 2)).ToArbitrary(), draw =>
        {
            var reported = Read(Wanted, new ContainerStatus { Uuid = "u", State = draw.Item1, Generation = draw.Item2, Error = draw.Item2 == 1 ? "x" : null });
            return reported.IsGone ? draw.Item1 == SeenState.Removed : reported.Seen.Generation < 3 && !reported.IsRejected && reported.Wanted == Wanted;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_report_twice_changes_nothing_the_second_time()
        => Prop.ForAll(Gen.Choose(0, 4).Select(n => (SeenState)n).Zip(Gen.Choose(0, 3)).Zip(Gen.Choose(0, 7)).ToArbitrary(), draw =>
        {
            var status = new ContainerStatus
            {
                Uuid = "u",
                State = draw.Item1.Item1,
                Generation = draw.Item1.Item2,
                Error = (draw.Item2 & 1) != 0 ? "x" : null,
                NextTry = (draw.Item2 & 2) != 0 ? Now.AddSeconds(1) : null,
                Progress = (draw.Item2 & 4) != 0 ? "working" : null,
            };
            var once = Read(Wanted, status);
            var twice = ContainerReport.Read(once.Wanted, once.Seen, status, Now.AddSeconds(30));
            return once.IsGone || (twice.Seen == once.Seen && twice.Wanted == once.Wanted);
        }).QuickCheckThrowOnFailure();

    private static Reported Read(Container wanted, ContainerStatus status) => ContainerReport.Read(wanted, new ContainerSeen(), status, Now);
}
