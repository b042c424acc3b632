using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Services;
using static Drover.Server.Tests.Services.ServiceViews;

namespace Drover.Server.Tests.Services;

/// <summary>Upgrades in place, one plan at a time.</summary>
public sealed class UpgradePlannerTests
{
    [Fact]
    public void The_first_batch_is_stopped_and_kept()
        => Plan(View(Upgraded(3, batch: 2), Primary(1), Primary(2), Primary(3))).ShouldBe([new ServiceChange.SetAside(10), new ServiceChange.SetAside(20)]);

    [Fact]
    public void What_is_down_already_goes_first()
        => Plan(View(Upgraded(3), Primary(1), Primary(2), Member(3, ContainerLabels.PrimaryLaunchConfig, "error", new Why("x", Now, Now.AddSeconds(9))))).ShouldContain(new ServiceChange.SetAside(30));

    [Fact]
    public void The_new_container_is_made_in_its_unit_when_the_old_one_has_stopped()
    {
        Plan(View(Upgraded(1), Aside(Primary(1, "stopping")))).ShouldBeEmpty();

        var create = Plan(View(Upgraded(1), Aside(Primary(1, "stopped")))).OfType<ServiceChange.Create>().Single();

        create.Index.ShouldBe(1);
        create.Unit!.Uuid.ShouldBe("unit1");
        create.Launches.Single().Version.ShouldBe("2");
    }

    [Fact]
    public void No_batch_is_touched_before_the_one_before_runs()
        => Plan(View(Upgraded(2), Aside(Primary(1, "stopped")), New(Primary(1, "starting")), Primary(2))).ShouldBeEmpty();

    [Fact]
    public void No_batch_is_touched_before_the_one_before_is_healthy()
    {
        var view = View(Upgraded(2), Proven(Now.AddHours(-1)), Aside(Primary(1, "stopped")), Healthy(New(Primary(1)), "initializing"), Primary(2));

        var plan = ServicePlanner.Plan(view, Now);

        plan.Changes.ShouldBeEmpty();
        plan.Waits.ShouldBe("io.rancher.service.primary.launch.config-1 is being replaced and does not run well yet");
    }

    [Fact]
    public void The_next_batch_follows_the_interval_after_the_proof()
    {
        var service = Upgraded(2, interval: 5000);
        Entry[] containers = [Aside(Primary(1, "stopped")), Healthy(New(Primary(1)), "healthy"), Primary(2)];

        var first = ServicePlanner.Plan(View(service, containers), Now);
        first.Changes.ShouldBeEmpty();
        first.WakeAt.ShouldBe(Now.AddSeconds(5));
        first.IsProven.ShouldBeTrue();
        ServiceStatus.Of(View(service, containers), first, Now).BatchProven.ShouldBe(Now);

        ServicePlanner.Plan(View(service, Proven(Now.AddSeconds(-4)), containers), Now).WakeAt.ShouldBe(Now.AddSeconds(1));
        ServicePlanner.Plan(View(service, Proven(Now.AddSeconds(-5)), containers), Now).Changes.ShouldBe([new ServiceChange.SetAside(20)]);
    }

    [Fact]
    public void An_interval_beyond_all_measure_is_cut_to_the_longest_there_is()
        => ServicePlanner.Plan(View(Upgraded(2, interval: long.MaxValue), Aside(Primary(1, "stopped")), Healthy(New(Primary(1)), "healthy"), Primary(2)), Now).WakeAt.ShouldBe(Now.AddMilliseconds(int.MaxValue));

    [Fact]
    public void With_start_first_the_old_one_runs_until_the_new_one_is_healthy()
    {
        var service = Upgraded(2, startFirst: true);

        Plan(View(service, Primary(1), Primary(2))).ShouldHaveSingleItem().ShouldBeOfType<ServiceChange.Create>().Index.ShouldBe(1);
        Plan(View(service, Primary(1), Healthy(New(Primary(1)), "initializing"), Primary(2))).ShouldBeEmpty();
        Plan(View(service, Primary(1), Healthy(New(Primary(1)), "healthy"), Primary(2))).ShouldBe([new ServiceChange.SetAside(10)]);
    }

    [Fact]
    public void With_start_first_both_count_as_one_unit_that_runs()
        => Shown(View(Upgraded(1, startFirst: true), Primary(1), New(Primary(1, "starting")))).CurrentScale.ShouldBe(1);

    [Fact]
    public void Only_what_changes_is_replaced()
    {
        var service = Upgraded(1, sidekicks: [Sidekick("data"), Sidekick("logs") with { Version = "2" }], primary: "0");

        Plan(View(service, Primary(1), Member(1, "data"), Member(1, "logs"))).ShouldBe([new ServiceChange.SetAside(14)]);
    }

    [Fact]
    public void A_sidekick_that_is_gone_from_the_launch_configs_is_set_aside()
        => Plan(View(Upgraded(1, primary: "0") with { SecondaryLaunchConfigs = default }, Primary(1), Member(1, "logs"))).ShouldBe([new ServiceChange.SetAside(14)]);

    [Fact]
    public void A_new_sidekick_comes_batch_by_batch()
    {
        var service = Upgraded(2, sidekicks: [Sidekick("logs") with { Version = "2" }], primary: "0", before: []);

        var create = Plan(View(service, Primary(1), Primary(2))).ShouldHaveSingleItem().ShouldBeOfType<ServiceChange.Create>();

        (create.Index, create.Launches.Single().Name).ShouldBe((1, "logs"));
    }

    [Fact]
    public void A_unit_that_no_batch_has_touched_is_kept_at_the_launch_configs_from_before()
    {
        var view = View(Upgraded(2), Aside(Primary(1, "stopped")), New(Primary(1, "starting")), Going(Primary(2, "removing")), Member(2, "logs"));

        var create = ServicePlanner.Plan(view with { Entry = view.Entry with { Wanted = Upgraded(2, sidekicks: [Sidekick("logs")]) } }, Now).Changes.OfType<ServiceChange.Create>().Single(c => c.Index == 2);

        create.Launches.Single().Version.ShouldBe("0");
    }

    [Fact]
    public void Units_that_a_larger_scale_asks_for_are_new_and_hold_the_next_batch_up()
    {
        var plan = Plan(View(Upgraded(3), Primary(1), Primary(2)));

        plan.ShouldHaveSingleItem().ShouldBeOfType<ServiceChange.Create>().Launches.Single().Version.ShouldBe("2");
    }

    [Fact]
    public void A_paused_upgrade_brings_what_it_began_to_its_end_and_begins_nothing()
        => Plan(View(Upgraded(2) with { State = "canceling-upgrade" }, Aside(Primary(1, "stopped")), Primary(2))).ShouldHaveSingleItem().ShouldBeOfType<ServiceChange.Create>().Index.ShouldBe(1);

    [Fact]
    public void A_rollback_removes_the_new_ones_and_starts_the_old_ones_again()
    {
        var service = UpgradedConfigs.Restored(Upgraded(1)) with { State = "rolling-back" };

        Plan(View(service, Aside(Primary(1, "stopped")), New(Primary(1)))).ShouldBe([new ServiceChange.Retire(11, "the upgrade is rolled back")]);
        Plan(View(service, Aside(Primary(1, "stopped")), Going(New(Primary(1, "stopping"))))).ShouldBeEmpty();
        Plan(View(service, Aside(Primary(1, "stopped")), Going(New(Primary(1, "removing"))))).ShouldBe([new ServiceChange.Restore(10, Starts: true)]);
        Plan(View(service, Primary(1, "starting"))).ShouldBeEmpty();
    }

    [Fact]
    public void A_rollback_takes_what_is_down_at_once_and_what_runs_by_batches()
    {
        var service = UpgradedConfigs.Restored(Upgraded(3)) with { State = "rolling-back" };

        Plan(View(service, Aside(Primary(1, "stopped")), New(Primary(1)), Aside(Primary(2, "stopped")), New(Primary(2, "error")), Aside(Primary(3, "stopped")), New(Primary(3, "starting"))))
            .ShouldBe([new ServiceChange.Retire(21, "the upgrade is rolled back"), new ServiceChange.Restore(20, Starts: true), new ServiceChange.Retire(31, "the upgrade is rolled back")]);
    }

    [Fact]
    public void A_rollback_does_not_wait_for_health()
    {
        var service = UpgradedConfigs.Restored(Upgraded(2)) with { State = "rolling-back" };

        Plan(View(service, Proven(Now.AddMinutes(-1)), Healthy(Primary(1), "unhealthy"), Aside(Primary(2, "stopped")), New(Primary(2)))).ShouldBe([new ServiceChange.Retire(21, "the upgrade is rolled back")]);
    }

    [Fact]
    public void Finishing_removes_what_was_set_aside()
        => Plan(View(Upgraded(1) with { State = "finishing-upgrade" }, Aside(Primary(1, "stopped")), New(Primary(1)))).ShouldBe([new ServiceChange.Retire(10, "the upgrade that replaced it is finished")]);

    [Fact]
    public void What_somebody_starts_by_hand_while_it_is_set_aside_is_stopped()
        => Plan(View(Upgraded(1), With(Aside(Primary(1)), c => c with { Running = true }), New(Primary(1)))).ShouldBe([new ServiceChange.SetAside(10)]);

    [Fact]
    public void A_service_that_does_not_run_is_upgraded_without_being_started()
    {
        var service = Upgraded(2) with { Running = false };

        Plan(View(service, Primary(1, "stopped"))).ShouldBe([new ServiceChange.SetAside(10)]);
        Shown(View(service, Aside(Primary(1, "stopped")))).State.ShouldBe("upgraded");
        Shown(View(service with { State = "finishing-upgrade" })).State.ShouldBe("inactive");
        var back = UpgradedConfigs.Restored(service) with { State = "rolling-back" };
        Plan(View(back, Aside(Primary(1, "stopped")))).ShouldBe([new ServiceChange.Restore(10, Starts: false)]);
        Shown(View(back, Primary(1, "stopped"))).State.ShouldBe("inactive");
    }

    [Fact]
    public void A_removed_service_takes_with_it_what_was_set_aside()
        => Plan(View(Upgraded(1) with { State = "removing", RemoveRequested = true, Running = false }, Aside(Primary(1, "stopped")), New(Primary(1)))).Length.ShouldBe(2);

    [Theory]
    [InlineData("upgrading", "upgraded")]
    [InlineData("canceling-upgrade", "canceled-upgrade")]
    public void It_rests_where_the_life_cycle_says_whatever_happens_to_its_containers(string through, string rest)
    {
        var service = Upgraded(1) with { State = through };
        var settled = Shown(View(service, Aside(Primary(1, "stopped")), New(Primary(1))));
        settled.State.ShouldBe(rest);

        Shown(View(service, settled, Aside(Primary(1, "stopped")), New(Primary(1, "starting")))).State.ShouldBe(rest);
    }

    [Fact]
    public void An_image_that_cannot_be_had_is_named_and_the_upgrade_can_be_paused_all_the_same()
    {
        var stuck = With(New(Primary(1, "error")), c => c with { Name = "shop-web-1" });
        stuck = stuck with { Seen = stuck.Seen with { TransitioningMessage = "no such image", Why = new Why("no such image", Now, Now.AddSeconds(9)) } };

        var seen = Shown(View(Upgraded(2), Aside(Primary(1, "stopped")), stuck, Primary(2)));

        seen.Generation.ShouldBe(0, "clients see upgrading");
        seen.TransitioningMessage.ShouldBe("shop-web-1: no such image");
        seen.Why!.NextTry.ShouldBe(Now.AddSeconds(9));
        Shown(View(Upgraded(2) with { State = "canceling-upgrade" }, Aside(Primary(1, "stopped")), stuck, Primary(2))).State.ShouldBe("canceled-upgrade");
    }

    [Fact]
    public void A_global_service_is_upgraded_host_by_host()
    {
        var global = EquatableMap.Of((ContainerLabels.Global, "true"));
        var service = Upgraded(9);
        service = service with { LaunchConfig = service.LaunchConfig! with { Labels = global } };
        Entry On(Entry entry, long host) => With(entry, c => c with { HostId = host });
        var hosts = ImmutableSortedDictionary<long, bool>.Empty.Add(7, true).Add(8, true);

        Plan(View(service, On(Primary(1), 7), On(Primary(2), 8)) with { GlobalHosts = hosts }).ShouldBe([new ServiceChange.SetAside(10)]);
        Plan(View(service, On(Aside(Primary(1, "stopped")), 7), On(Primary(2), 8)) with { GlobalHosts = hosts }).ShouldHaveSingleItem().ShouldBeOfType<ServiceChange.Create>().HostId.ShouldBe(7);
    }

    private static ServiceSeen Shown(ServiceView view) => ServiceStatus.Of(view, ServicePlanner.Plan(view, Now), Now);

    private static ServiceSeen Proven(DateTimeOffset at) => new() { BatchProven = at };

    private static Entry Aside(Entry entry) => With(entry, c => c with { SetAside = true, Running = false });

    private static Entry New(Entry entry) => With(entry, c => c with { Id = c.Id + 1, Version = "2" });

    private static Entry Healthy(Entry entry, string health) => entry with { Seen = (ContainerSeen)entry.Seen with { HealthState = health } };

    /// <summary>A service on its way from version 0 to version 2.</summary>
    private static Service Upgraded(long scale, long batch = 1, long interval = 2000, bool startFirst = false, SecondaryLaunchConfig[]? sidekicks = null, string primary = "2", SecondaryLaunchConfig[]? before = null)
    {
        var service = Web(scale, sidekicks ?? []);
        var next = service.LaunchConfig! with { Version = primary };
        return service with
        {
            State = "upgrading",
            LaunchConfig = next,
            Upgrade = new ServiceUpgrade
            {
                InServiceStrategy = new InServiceUpgradeStrategy
                {
                    BatchSize = batch,
                    IntervalMillis = interval,
                    StartFirst = startFirst,
                    LaunchConfig = next,
                    SecondaryLaunchConfigs = service.SecondaryLaunchConfigs,
                    PreviousLaunchConfig = service.LaunchConfig! with { Version = "0" },
                    PreviousSecondaryLaunchConfigs = [.. (before ?? sidekicks ?? []).Select(s => s with { Version = "0" })],
                },
            },
        };
    }
}
