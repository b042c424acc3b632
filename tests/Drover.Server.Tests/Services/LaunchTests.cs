using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Server.Services;
using FsCheck;
using FsCheck.Fluent;
using static Drover.Server.Tests.Services.ServiceViews;

namespace Drover.Server.Tests.Services;

public sealed class LaunchTests
{
    [Fact]
    public void Each_stands_after_those_it_needs()
        => Launch.Of(Web(1, Sidekick("c", volumesFrom: "b"), Sidekick("b", networkFrom: "a"), Sidekick("a", volumesFrom: "web")))
            .Select(l => l.Name).ShouldBe([ContainerLabels.PrimaryLaunchConfig, "a", "b", "c"]);

    [Fact]
    public void The_service_itself_is_its_primary_in_references_whatever_the_letters()
        => Launch.Of(Web(1, Sidekick("a", volumesFrom: "WEB"))).Single(l => l.Name == "a").VolumesFrom.ShouldBe([ContainerLabels.PrimaryLaunchConfig]);

    [Fact]
    public void References_to_what_is_not_there_are_left_out()
    {
        var launch = Launch.Of(Web(1, Sidekick("a", volumesFrom: "nobody", networkFrom: "nobody"))).Single(l => l.Name == "a");

        launch.VolumesFrom.Count.ShouldBe(0);
        launch.NetworkFrom.ShouldBeNull();
    }

    [Fact]
    public void A_circle_is_cut_and_nothing_is_lost()
        => Launch.Of(Web(1, Sidekick("a", volumesFrom: "b"), Sidekick("b", volumesFrom: "a"))).Length.ShouldBe(3);

    [Fact]
    public void Whatever_the_references_all_launches_come_once()
        => Prop.ForAll(Gen.Choose(0, 5).ListOf(5).ToArbitrary(), needs =>
        {
            var sidekicks = needs.Select((need, i) => Sidekick($"s{i}", volumesFrom: need == 5 ? null : $"s{need}")).ToArray();
            var names = Launch.Of(Web(1, sidekicks)).Select(l => l.Name).ToList();
            return names.Count == 6 && names.Distinct().Count() == 6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Dependents_are_found_over_any_number_of_steps()
    {
        var launches = Launch.Of(Web(1, Sidekick("a"), Sidekick("b", volumesFrom: "a"), Sidekick("c", networkFrom: "b"), Sidekick("d")));

        Launch.Dependents(launches, ["a"]).Order().ShouldBe(["a", "b", "c"]);
        Launch.Dependents(launches, ["d"]).ShouldBe(["d"]);
    }

    [Fact]
    public void A_service_without_launch_config_has_none()
        => Launch.Of(new Service { Name = "dns" }).ShouldBeEmpty();
}
