using Drover.Agent.Instances;
using Drover.Agent.Tests.Harness;
using Drover.Protocol;

namespace Drover.Agent.Tests.Instances;

public sealed class InstanceMemoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ContainerAssignment Web = Wanted.OfService("web") with { Generation = 4, RestartCount = 2 };

    [Fact]
    public void Short_runs_in_a_row_are_counted_and_a_stable_one_begins_anew()
    {
        var memory = new InstanceMemory();
        for (var run = 1; run <= 4; run++)
        {
            memory = memory.Observed(Web, Ended(run * 100, 3), EndCause.Itself);
            memory.Ends.ShouldBe(run);
        }

        memory.Observed(Web, Ended(1000, 10), EndCause.Itself).Ends.ShouldBe(1);
    }

    [Fact]
    public void The_same_end_seen_again_counts_once()
    {
        var once = new InstanceMemory().Observed(Web, Ended(0, 1), EndCause.Itself);

        once.Observed(Web, Ended(0, 1), EndCause.Itself).ShouldBe(once);
    }

    [Fact]
    public void An_end_by_the_agent_is_nobodys_failure()
        => new InstanceMemory { Ends = 5 }.Observed(Web, Ended(0, 1), EndCause.Agent).ShouldSatisfyAllConditions(
            memory => memory.Ends.ShouldBe(0),
            memory => memory.StoppedByHand.ShouldBeFalse());

    [Fact]
    public void A_hand_that_is_noticed_after_the_end_still_counts()
    {
        var ended = new InstanceMemory().Observed(Web, Ended(0, 1), EndCause.Itself);

        ended.Observed(Web, Ended(0, 1), EndCause.Hand).StoppedByHand.ShouldBeTrue();
    }

    [Fact]
    public void Runs_are_counted_whoever_began_them()
    {
        var memory = new InstanceMemory().Observed(Web, Running(0), EndCause.Itself).Observed(Web, Running(0), EndCause.Itself).Observed(Web, Ended(0, 50), EndCause.Itself).Observed(Web, Running(60), EndCause.Itself);

        memory.StartCount.ShouldBe(2);
    }

    [Fact]
    public void A_restart_is_reached_when_another_run_is_seen()
    {
        var restarting = new InstanceMemory().Restarting(Start);

        restarting.Observed(Web, Running(0), EndCause.Itself).RestartCount.ShouldBe(0);
        restarting.Observed(Web, Running(9), EndCause.Itself).ShouldSatisfyAllConditions(
            memory => memory.RestartCount.ShouldBe(2),
            memory => memory.RestartFrom.ShouldBeNull());
    }

    [Fact]
    public void A_created_container_owes_no_restart_and_has_reached_nothing()
        => InstanceMemory.OfCreated(Web, "id").ShouldBe(new InstanceMemory { EngineId = "id", RestartCount = 2 });

    [Fact]
    public void An_ended_container_that_nobody_remembers_counts_as_ended_for_good()
        => InstanceMemory.OfFound(Web, Ended(0, 5)).Generation.ShouldBe(4);

    [Fact]
    public void A_running_or_created_one_that_nobody_remembers_owes_no_restart()
    {
        InstanceMemory.OfFound(Web, Running(0)).RestartCount.ShouldBe(2);
        InstanceMemory.OfFound(Web, new ContainerStatus { Uuid = "web", State = SeenState.Created, EngineId = "id" }).Generation.ShouldBe(0);
    }

    private static ContainerStatus Running(int at) => new() { Uuid = "web", EngineId = "id", State = SeenState.Running, StartedAt = Start.AddSeconds(at) };

    private static ContainerStatus Ended(int at, int ranFor) => Running(at) with { State = SeenState.Exited, ExitCode = 1, FinishedAt = Start.AddSeconds(at + ranFor) };
}
