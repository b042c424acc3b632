using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Services;
using static Drover.Server.Tests.Services.ServiceViews;

namespace Drover.Server.Tests.Services;

public sealed class ServiceStatusTests
{
    [Fact]
    public void The_through_state_stays_until_every_container_runs()
    {
        var seen = Of(View(Web(2), Primary(1), Primary(2, "starting")));

        seen.Generation.ShouldBe(0, "clients see activating");
        seen.CurrentScale.ShouldBe(1);
        seen.Why.ShouldNotBeNull();
    }

    [Fact]
    public void It_ends_where_the_life_cycle_says()
    {
        Of(View(Web(1), Primary(1))).State.ShouldBe("active");
        Of(View(Web(1) with { State = "updating-active" }, Primary(1))).State.ShouldBe("active");
        Of(View(Web(1) with { State = "deactivating", Running = false }, Primary(1, "stopped"))).State.ShouldBe("inactive");
        Of(View(Web(1) with { State = "updating-inactive", Running = false })).State.ShouldBe("inactive");
        Of(View(Web(1) with { State = "registering", Running = false })).State.ShouldBe("inactive");
    }

    [Fact]
    public void A_settled_service_that_loses_something_shows_the_update_that_heals_it()
    {
        var settled = new ServiceSeen { Generation = 1, State = "active" };

        var seen = Of(View(Web(2), settled, Primary(1), Primary(2, "starting")));

        seen.State.ShouldBe("updating-active");
        Of(View(Web(2), seen, Primary(1), Primary(2))).State.ShouldBe("active");
    }

    [Fact]
    public void What_its_first_waiting_container_says_is_what_it_says_and_errors_come_first()
    {
        var waits = Member(1, ContainerLabels.PrimaryLaunchConfig, "starting") with { Seen = new Model.Containers.ContainerSeen { Generation = 1, State = "starting", TransitioningMessage = "Storage : Pulling a" } };
        var fails = Member(2, ContainerLabels.PrimaryLaunchConfig, "error") with { Seen = new Model.Containers.ContainerSeen { Generation = 1, State = "error", Failed = true, TransitioningMessage = "no such image", Why = new Why("x", Now, Now.AddSeconds(9)) } };
        var named = With(fails, c => c with { Name = "shop-web-2" });

        Of(View(Web(2), With(waits, c => c with { Name = "shop-web-1" }))).TransitioningMessage.ShouldBe("shop-web-1: Storage : Pulling a");
        var seen = Of(View(Web(2), waits, named));
        seen.TransitioningMessage.ShouldBe("shop-web-2: no such image");
        seen.Why!.NextTry.ShouldBe(Now.AddSeconds(9));
    }

    [Fact]
    public void A_stop_that_failed_is_not_at_rest()
    {
        var failing = With(Primary(1, "stopping"), c => c with { Running = false });

        Of(View(Web(1) with { State = "deactivating", Running = false }, failing with { Seen = failing.Seen with { Failed = true } })).State.ShouldNotBe("inactive");
    }

    [Fact]
    public void Units_on_their_way_out_keep_it_from_settling()
        => Of(View(Web(1), Primary(1), Going(Primary(2)))).Generation.ShouldBe(0);

    [Theory]
    [InlineData("running", "running", "healthy")]
    [InlineData("running", "starting", "degraded")]
    [InlineData("starting", "stopped", "unhealthy")]
    public void Without_health_checks_what_runs_is_healthy(string one, string two, string health)
        => Of(View(Web(2), Primary(1, one), Primary(2, two))).HealthState.ShouldBe(health);

    [Theory]
    [InlineData("healthy", "healthy", "healthy")]
    [InlineData("healthy", "unhealthy", "degraded")]
    [InlineData("unhealthy", "unhealthy", "unhealthy")]
    [InlineData("healthy", "initializing", "initializing")]
    public void With_health_checks_they_decide(string one, string two, string health)
        => Of(View(Web(2), Checked(1, one), Checked(2, two))).HealthState.ShouldBe(health);

    [Fact]
    public void Jobs_that_all_ended_are_started_once()
    {
        var labels = EquatableMap.Of((ContainerLabels.StartOnce, "true"));
        var job = Web(2) with { LaunchConfig = new LaunchConfig { Spec = Image, Labels = labels } };
        Entry Ended(long index) => With(Primary(index, "stopped"), c => c with { Labels = labels });

        Of(View(job, Ended(1), Ended(2))).ShouldSatisfyAllConditions(s => s.HealthState.ShouldBe("started-once"), s => s.State.ShouldBe("active"));
        Of(View(job, Ended(1), Primary(2))).HealthState.ShouldBe("healthy");
    }

    [Fact]
    public void Scale_zero_and_rest_are_healthy()
    {
        Of(View(Web(0))).HealthState.ShouldBe("healthy");
        Of(View(Web(3) with { Running = false })).HealthState.ShouldBe("healthy");
    }

    [Theory]
    [InlineData("healthy", new string[0])]
    [InlineData("healthy", new[] { "healthy", "started-once" })]
    [InlineData("started-once", new[] { "started-once", "started-once" })]
    [InlineData("degraded", new[] { "healthy", "unhealthy" })]
    [InlineData("degraded", new[] { "healthy", "degraded" })]
    [InlineData("unhealthy", new[] { "unhealthy", "unhealthy" })]
    [InlineData("initializing", new[] { "healthy", "initializing" })]
    public void A_stack_is_as_healthy_as_its_services(string health, string[] services)
        => ServiceHealth.OfStack(services).ShouldBe(health);

    private static Entry Checked(long index, string health)
        => Primary(index) with { Seen = new Model.Containers.ContainerSeen { Generation = 1, State = "running", HealthState = health } };

    private static ServiceSeen Of(ServiceView view) => ServiceStatus.Of(view, ServicePlanner.Plan(view, Now), Now);
}
