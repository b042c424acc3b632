using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Services;
using static Drover.Server.Tests.Services.ServiceViews;

namespace Drover.Server.Tests.Services;

public sealed class ServicePlannerTests
{
    [Fact]
    public void Missing_units_take_the_lowest_free_numbers()
        => Plan(View(Web(4), Primary(2), Primary(5))).OfType<ServiceChange.Create>().Select(c => c.Index).ShouldBe([1, 3]);

    [Fact]
    public void One_plan_makes_a_few_hundred_units_at_most()
        => Plan(View(Web(5000), Primary(3))).OfType<ServiceChange.Create>().Select(c => c.Index).ShouldBe(Enumerable.Range(1, 201).Where(i => i != 3).Select(i => (long)i));

    [Fact]
    public void The_number_of_a_unit_on_its_way_out_is_not_free()
        => Plan(View(Web(1), Going(Primary(1)))).OfType<ServiceChange.Create>().Single().Index.ShouldBe(2);

    [Fact]
    public void The_youngest_units_go_first()
        => Plan(View(Web(1), Primary(1), Primary(2), Primary(3))).ShouldBe([new ServiceChange.Retire(30, "the service was scaled down"), new ServiceChange.Retire(20, "the service was scaled down")]);

    [Fact]
    public void At_its_scale_nothing_is_done() => Plan(View(Web(2), Primary(1), Primary(2))).ShouldBeEmpty();

    [Fact]
    public void Scale_zero_retires_everything()
        => Plan(View(Web(0), Primary(1), Primary(2))).Length.ShouldBe(2);

    [Fact]
    public void A_removed_service_retires_everything_and_makes_nothing()
        => Plan(View(Web(3) with { RemoveRequested = true }, Primary(1), Going(Primary(2)))).ShouldBe([new ServiceChange.Retire(10, "the service is removed")]);

    [Fact]
    public void A_service_at_rest_stops_what_shall_run_and_starts_nothing()
        => Plan(View(Web(3) with { Running = false }, Primary(1), Primary(2, "stopped"))).ShouldBe([new ServiceChange.Stop(10)]);

    [Fact]
    public void What_is_stopped_is_started()
        => Plan(View(Web(1), Primary(1, "stopped"))).ShouldBe([new ServiceChange.Start(10)]);

    [Fact]
    public void What_its_host_will_start_again_is_left_to_it()
        => Plan(View(Web(1), Member(1, ContainerLabels.PrimaryLaunchConfig, "stopped", new Why("It ended", Now, Now.AddSeconds(5))))).ShouldBeEmpty();

    [Fact]
    public void A_job_that_ran_once_is_not_started_again_one_that_never_ran_is()
    {
        var job = Web(1) with { LaunchConfig = new LaunchConfig { Spec = Image, Labels = EquatableMap.Of((ContainerLabels.StartOnce, "true")) } };
        var never = Primary(1, "stopped") with { Seen = new Model.Containers.ContainerSeen { Generation = 1, State = "stopped" } };

        Plan(View(job, Primary(1, "stopped"))).ShouldBeEmpty();
        Plan(View(job, never)).ShouldBe([new ServiceChange.Start(10)]);
    }

    [Fact]
    public void A_failed_container_that_its_host_tries_again_is_left_alone()
        => Plan(View(Web(1), Member(1, ContainerLabels.PrimaryLaunchConfig, "error", new Why("x", Now.AddHours(-1), Now.AddSeconds(5))))).ShouldBeEmpty();

    [Fact]
    public void A_failed_container_that_nobody_tries_again_is_shown_a_while_then_made_anew()
    {
        var failed = Member(1, ContainerLabels.PrimaryLaunchConfig, "error", new Why("x", Now.AddSeconds(-4), null));
        var plan = ServicePlanner.Plan(View(Web(1), failed), Now);
        plan.Changes.ShouldBeEmpty();
        plan.WakeAt.ShouldBe(Now.AddSeconds(6));

        var later = ServicePlanner.Plan(View(Web(1), failed), Now.AddSeconds(6)).Changes;

        later.OfType<ServiceChange.Retire>().Single().ShouldBe(new ServiceChange.Retire(10, "it failed"));
        later.OfType<ServiceChange.Create>().Single().Index.ShouldBe(1);
    }

    [Fact]
    public void What_a_unit_lost_is_made_in_the_same_unit()
    {
        var create = Plan(View(Web(1, Sidekick("data")), Primary(1))).OfType<ServiceChange.Create>().Single();

        create.Unit!.Uuid.ShouldBe("unit1");
        create.Index.ShouldBe(1);
        create.Launches.Select(l => l.Name).ShouldBe(["data"]);
    }

    [Fact]
    public void What_needs_the_lost_one_is_replaced_with_it_over_any_number_of_steps()
    {
        var service = Web(1, Sidekick("a"), Sidekick("bb", volumesFrom: "a"), Sidekick("ccc", networkFrom: "bb"), Sidekick("dddd"));

        var plan = Plan(View(service, Primary(1), Member(1, "bb"), Member(1, "ccc"), Member(1, "dddd")));

        plan.OfType<ServiceChange.Retire>().Select(r => r.ContainerId).ShouldBe([12, 13]);
        plan.OfType<ServiceChange.Create>().Single().Launches.Select(l => l.Name).ShouldBe(["a", "bb", "ccc"]);
    }

    [Fact]
    public void A_member_whose_launch_config_is_gone_goes()
        => Plan(View(Web(1), Primary(1), Member(1, "old"))).ShouldBe([new ServiceChange.Retire(13, "its launch config is gone")]);

    [Fact]
    public void A_service_without_an_image_has_no_containers()
        => Plan(View(Web(3) with { LaunchConfig = new LaunchConfig { Spec = Image with { ImageUuid = Launch.NoImage } } })).ShouldBeEmpty();

    [Fact]
    public void A_global_service_makes_one_unit_on_each_open_host_and_keeps_those_on_closed_ones()
    {
        var service = Web(9) with { LaunchConfig = new LaunchConfig { Spec = Image, Labels = EquatableMap.Of((ContainerLabels.Global, "true")) } };
        var view = View(service, With(Primary(1), c => c with { HostId = 7 })) with { GlobalHosts = Hosts((7, false), (8, true), (9, false)) };

        Plan(view).OfType<ServiceChange.Create>().Single().ShouldSatisfyAllConditions(c => c.HostId.ShouldBe(8), c => c.Index.ShouldBe(2));
    }

    [Fact]
    public void A_global_service_leaves_hosts_that_no_longer_match_and_doubles()
    {
        var service = Web(9) with { LaunchConfig = new LaunchConfig { Spec = Image, Labels = EquatableMap.Of((ContainerLabels.Global, "true")) } };
        var view = View(service, With(Primary(1), c => c with { HostId = 7 }), With(Primary(2), c => c with { HostId = 7 }), With(Primary(3), c => c with { HostId = 8 })) with { GlobalHosts = Hosts((7, true)) };

        Plan(view).ShouldBe([new ServiceChange.Retire(20, "its host no longer takes the service"), new ServiceChange.Retire(30, "its host no longer takes the service")]);
    }

    [Fact]
    public void A_restart_takes_a_batch_and_waits_for_it()
    {
        var service = Web(3) with { RestartCount = 1, RestartBatch = 2 };
        Plan(View(service, Primary(1), Primary(2), Primary(3))).ShouldBe([new ServiceChange.Restart(10, 1), new ServiceChange.Restart(20, 1)]);

        var under = With(Primary(1), c => c with { ServiceRestartCount = 1, Generation = 2, State = "restarting" });
        Plan(View(service, under, With(Primary(2), c => c with { ServiceRestartCount = 1 }), Primary(3))).ShouldBeEmpty();
        Plan(View(service, With(Primary(1), c => c with { ServiceRestartCount = 1 }), With(Primary(2), c => c with { ServiceRestartCount = 1 }), Primary(3))).ShouldBe([new ServiceChange.Restart(30, 1)]);
    }

    private static ImmutableSortedDictionary<long, bool> Hosts(params (long Id, bool Open)[] hosts)
        => hosts.ToImmutableSortedDictionary(h => h.Id, h => h.Open);
}
