using Drover.Agent.Instances;
using Drover.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Agent.Tests.Instances;

public sealed class InstanceStepProperties
{
    [Fact]
    public void From_anywhere_four_actions_at_most_lead_to_a_fixed_point()
        => ForAny((wanted, seen) =>
        {
            var (done, end) = StepModel.Run(wanted, seen);
            InstanceStep.Next(wanted, end, SeenArbitrary.Now.AddHours(1)).ShouldBeOfType<Step.Nothing>();
            done.Count.ShouldBeLessThanOrEqualTo(4);
        });

    [Fact]
    public void No_action_that_went_well_is_named_twice()
        => ForAny((wanted, seen) => StepModel.Run(wanted, seen).Done.ShouldBeUnique());

    [Fact]
    public void What_shall_be_removed_ends_with_nothing_there()
        => ForAny((wanted, seen) =>
        {
            var removed = wanted with { Wanted = WantedState.Removed };
            StepModel.Run(removed, seen).Seen.State.ShouldBeOneOf(SeenState.Nothing, SeenState.Removed);
        });

    [Fact]
    public void What_was_asked_to_stop_never_ends_up_running_and_is_never_started()
        => ForAny((wanted, seen) =>
        {
            var (done, end) = StepModel.Run(wanted with { Wanted = WantedState.Stopped, Generation = seen.Generation + 1, ImportedId = null }, seen);
            end.State.ShouldNotBe(SeenState.Running);
            done.ShouldNotContain(new Step.Start());
        });

    [Fact]
    public void Who_starts_a_resting_container_by_hand_is_not_worked_against()
        => ForAny((wanted, seen) =>
        {
            var started = seen with { State = SeenState.Running, Generation = wanted.Generation };
            InstanceStep.Next(wanted with { Wanted = WantedState.Stopped }, started, SeenArbitrary.Now).ShouldBeOfType<Step.Nothing>();
        });

    [Fact]
    public void A_running_container_is_left_alone_whatever_generation_it_is_of()
        => ForAny((wanted, seen) =>
        {
            var healthy = seen with { State = SeenState.Running, NetworkLost = false, RestartCount = wanted.RestartCount };
            InstanceStep.Next(wanted with { Wanted = WantedState.Running }, healthy, SeenArbitrary.Now).ShouldBeOfType<Step.Nothing>();
        });

    [Fact]
    public void A_container_is_created_only_where_there_never_was_one()
        => ForAny((wanted, seen) =>
        {
            var creates = StepModel.Run(wanted, seen).Done.Any(step => step is Step.Create);
            if (creates) seen.State.ShouldBe(SeenState.Nothing);
        });

    [Fact]
    public void A_container_that_was_started_by_hand_is_never_pulled_or_created()
        => ForAny((wanted, seen) => StepModel.Run(wanted with { Spec = null, ImportedId = "id" }, seen).Done.ShouldAllBe(step => !(step is Step.Pull || step is Step.Create)));

    [Fact]
    public void Nothing_is_done_before_its_time()
        => ForAny((wanted, seen) =>
        {
            var early = seen with { NotBefore = SeenArbitrary.Now.AddSeconds(5) };
            InstanceStep.Next(wanted, early, SeenArbitrary.Now).IsAction.ShouldBeFalse();
        });

    [Fact]
    public void A_restart_ends_the_run_once_and_begins_one()
        => ForAny((wanted, seen) =>
        {
            var asked = wanted with { Wanted = WantedState.Running, RestartCount = 7 };
            var running = seen with { State = SeenState.Running, RestartFrom = null, StartedAt = SeenArbitrary.Now };
            StepModel.Run(asked, running).Done.ShouldBe([new Step.Restart(), new Step.Start()]);
        });

    [Fact]
    public void Order_never_depends_on_the_time_of_day()
        => ForAny((wanted, seen) =>
        {
            var free = seen with { NotBefore = null, Ends = 0 };
            InstanceStep.Next(wanted, free, SeenArbitrary.Now).ShouldBe(InstanceStep.Next(wanted, free, SeenArbitrary.Now.AddYears(1)));
        });

    private static void ForAny(Action<ContainerAssignment, InstanceSeen> holds)
        => Prop.ForAll(SeenArbitrary.Any(), any => holds(any.Wanted, any.Seen)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
