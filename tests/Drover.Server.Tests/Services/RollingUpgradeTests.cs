using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Services;
using FsCheck;
using FsCheck.Fluent;
using static Drover.Server.Tests.Services.ServiceViews;

namespace Drover.Server.Tests.Services;

/// <summary>Upgrades that move the scale of one service to another.</summary>
public sealed class RollingUpgradeTests
{
    [Fact]
    public void The_new_grows_first_and_the_old_shrinks_only_while_both_are_more_than_asked_for()
        => Steps(3, 0, 3, 2).ShouldBe([(3, 2), (1, 2), (1, 3), (0, 3)]);

    [Fact]
    public void A_smaller_final_scale_shrinks_the_old_one_first() => Steps(4, 0, 2, 1).ShouldBe([(3, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)]);

    [Fact]
    public void Every_move_ends_and_never_has_fewer_than_the_smaller_scale_nor_more_than_a_batch_too_many()
        => Prop.ForAll(Gen.Choose(0, 12).ToArbitrary(), Gen.Choose(0, 12).ToArbitrary(), Gen.Choose(1, 12).Zip(Gen.Choose(1, 5)).ToArbitrary(), (old, grown, end) =>
        {
            var (final, batch) = end;
            var steps = Steps(old, grown, final, batch);
            steps.LastOrDefault((old, grown)).ShouldBe((0, final));
            steps.ShouldAllBe(s => s.Item1 + s.Item2 >= Math.Min(old + grown, final) && s.Item1 + s.Item2 <= Math.Max(old + grown, final + batch));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_first_step_comes_at_once_the_next_ones_after_the_interval()
    {
        Moves(From(3), To(0)).ShouldBe([new ServiceChange.Shift(3, 2, 2)]);

        var waiting = Plan(From(3), To(2));
        waiting.Changes.ShouldBeEmpty();
        waiting.WakeAt.ShouldBe(Now.AddSeconds(2));
        waiting.IsProven.ShouldBeTrue();
        Moves(From(3), To(2), proven: Now.AddSeconds(-2)).ShouldBe([new ServiceChange.Shift(1, 2, 2)]);
    }

    [Fact]
    public void An_interval_beyond_all_measure_is_cut_to_the_longest_there_is()
    {
        var service = From(3);
        var upgrade = service.Upgrade! with { ToServiceStrategy = service.Upgrade.ToServiceStrategy! with { IntervalMillis = long.MaxValue } };

        Plan(service with { Upgrade = upgrade }, To(2)).WakeAt.ShouldBe(Now.AddMilliseconds(int.MaxValue));
    }

    [Theory]
    [InlineData(3, 0, 3, long.MaxValue)]
    [InlineData(3, 0, long.MaxValue, 1)]
    [InlineData(3, 0, long.MaxValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue, 3, 1)]
    [InlineData(long.MaxValue, 0, long.MaxValue, long.MaxValue)]
    public void No_number_makes_a_step_go_the_wrong_way(long old, long grown, long final, long batch)
    {
        var (less, more) = RollingUpgrade.Next(old, grown, 0, final, batch)!.Value;

        less.ShouldBeInRange(0, old);
        more.ShouldBeInRange(grown == 0 ? 0 : int.MaxValue, Math.Max(final, grown));
        (less < old || more > grown).ShouldBeTrue();
    }

    [Fact]
    public void The_new_service_has_to_run_well_before_the_old_one_shrinks()
    {
        Plan(From(3), To(2, health: "initializing"), proven: Now.AddHours(-1)).Waits.ShouldBe("web2 does not run its 2 well yet");
        Plan(From(3), To(2, current: 1), proven: Now.AddHours(-1)).Changes.ShouldBeEmpty();
        Plan(From(3), null).Waits.ShouldBe("The service that it moves to is gone: roll back");
    }

    [Fact]
    public void It_is_upgraded_when_the_old_one_is_at_zero_and_kept()
    {
        var view = View(From(0), new ServiceSeen()) with { Replacement = To(3) };

        ServiceStatus.Of(view, ServicePlanner.Plan(view, Now), Now).State.ShouldBe("upgraded");
    }

    [Fact]
    public void A_rollback_brings_both_back_to_where_they_were()
    {
        var back = From(1) with { State = "rolling-back" };
        Moves(back, To(3), proven: Now.AddHours(-1), running: 1).ShouldBe([new ServiceChange.Shift(1, 2, 2)]);
        Moves(From(2) with { State = "rolling-back" }, null, running: 2).ShouldBe([new ServiceChange.Shift(3, null, 0)]);
        Plan(From(3) with { State = "rolling-back" }, To(0), running: 3).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void A_paused_move_stays_where_it_is()
    {
        var paused = Plan(From(3) with { State = "canceling-upgrade" }, To(0));

        (paused.Changes.Length, paused.IsOpen).ShouldBe((0, false));
    }

    private static List<(long, long)> Steps(long old, long grown, long final, long batch)
    {
        var steps = new List<(long, long)>();
        while (RollingUpgrade.Next(old, grown, 0, final, batch) is var (less, more) && steps.Count < 100) steps.Add((old, grown) = (less, more));
        return steps;
    }

    private static ImmutableArray<ServiceChange> Moves(Service from, Entry? to, DateTimeOffset? proven = null, int? running = null) => Plan(from, to, proven, running).Changes;

    private static ServicePlan Plan(Service from, Entry? to, DateTimeOffset? proven = null, int? running = null)
        => ServicePlanner.Plan(View(from, new ServiceSeen { BatchProven = proven }, [.. Enumerable.Range(1, running ?? (int)from.Scale).Select(i => Primary(i))]) with { Replacement = to }, Now);

    private static Service From(long scale) => Web(scale) with
    {
        State = "upgrading",
        Upgrade = new ServiceUpgrade { ToServiceStrategy = new ToServiceUpgradeStrategy { ToServiceId = 2, BatchSize = 2, FinalScale = 3, IntervalMillis = 2000, FromScale = 3 } },
    };

    private static Entry To(long scale, long? current = null, string health = "healthy")
        => new(Catalog.All.Of<Service>(), Web(scale) with { Id = 2, Name = "web2", State = "activating" }, new ServiceSeen { Generation = 1, State = "active", CurrentScale = current ?? scale, HealthState = health }, 1, 1);
}
