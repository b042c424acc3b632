using Drover.Agent.Assigned;
using Drover.Agent.Tests.Harness;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Protocol;

namespace Drover.Agent.Tests.Assigned;

public sealed class AssignmentSetTests
{
    private static readonly ContainerAssignment Web = Wanted.OfService("web");
    private static readonly ContainerAssignment Api = Wanted.OfService("api");
    private static readonly VolumeAssignment Data = new("v1", "data", "local", default);

    [Fact]
    public void A_complete_message_is_taken_whatever_its_number()
    {
        var change = AssignmentSet.Empty.After(new Assignments(17, true, [Web]));

        change.Next.Sequence.ShouldBe(17);
        change.Next.Containers.Keys.ShouldBe(["web"]);
        change.Touched.ShouldBe(["web"]);
        change.Gap.ShouldBeFalse();
    }

    [Fact]
    public void An_incremental_message_must_follow_the_last_one()
    {
        var set = Of(new Assignments(1, true, [Web]));

        set.After(new Assignments(2, false, [Api])).Next.Containers.Keys.Order().ShouldBe(["api", "web"]);
        set.After(new Assignments(3, false, [Api])).ShouldSatisfyAllConditions(
            change => change.Gap.ShouldBeTrue(),
            change => change.Next.ShouldBeSameAs(set));
    }

    [Fact]
    public void One_that_is_named_again_unchanged_is_to_be_tried_now_but_not_where_all_is_told_again()
    {
        var set = Of(new Assignments(1, true, [Web, Api]));

        set.After(new Assignments(2, false, [Web])).ShouldSatisfyAllConditions(change => change.Again.ShouldBe(["web"]), change => change.Touched.ShouldBeEmpty());
        set.After(new Assignments(2, true, [Web, Api])).Again.ShouldBeEmpty();
    }

    [Fact]
    public void A_message_that_was_heard_already_changes_nothing()
    {
        var set = Of(new Assignments(1, true, [Web]), new Assignments(2, false, [Api]));

        var change = set.After(new Assignments(2, false, RemovedContainers: ["web"]));

        change.Next.ShouldBeSameAs(set);
        change.Touched.ShouldBeEmpty();
        change.Gap.ShouldBeFalse();
    }

    [Fact]
    public void A_session_that_begins_without_a_complete_message_has_a_gap()
        => Of(new Assignments(4, true, [Web])).ForNewSession().After(new Assignments(1, false, [Api])).Gap.ShouldBeTrue();

    [Fact]
    public void What_a_complete_message_does_not_name_leaves()
    {
        var change = Of(new Assignments(1, true, [Web, Api])).After(new Assignments(2, true, [Api]));

        change.Touched.ShouldBe(["web"]);
        change.Next.Containers["web"].Wanted.ShouldBe(WantedState.Removed);
        change.Next.Leaving.ShouldBe(["web"]);
        change.Next.Without("web").Containers.Keys.ShouldBe(["api"]);
    }

    [Fact]
    public void One_that_leaves_stays_known_until_it_is_gone_whatever_else_is_said()
    {
        var set = Of(new Assignments(1, true, [Web]), new Assignments(2, false, RemovedContainers: ["web"]), new Assignments(3, false, [Api]), new Assignments(1, true, [Api]));

        set.Leaving.ShouldBe(["web"]);
        set.Containers["web"].Spec.ShouldBe(Web.Spec);
    }

    [Fact]
    public void One_that_leaves_and_is_wanted_again_stays()
    {
        var set = Of(new Assignments(1, true, [Web]), new Assignments(2, false, RemovedContainers: ["web"]), new Assignments(3, false, [Web]));

        set.Leaving.ShouldBeEmpty();
        set.Containers["web"].ShouldBe(Web);
    }

    [Fact]
    public void A_container_that_the_set_never_knew_can_be_told_to_leave()
        => Of(new Assignments(1, true, RemovedContainers: ["stranger"])).Containers["stranger"].ShouldBe(new ContainerAssignment { Uuid = "stranger", Wanted = WantedState.Removed });

    [Fact]
    public void One_that_was_to_be_removed_and_is_now_to_be_forgotten_is_touched()
    {
        var removed = Web with { Wanted = WantedState.Removed };

        Of(new Assignments(1, true, [removed])).After(new Assignments(2, false, RemovedContainers: ["web"])).Touched.ShouldBe(["web"]);
    }

    [Fact]
    public void What_did_not_change_is_not_touched()
        => Of(new Assignments(1, true, [Web, Api])).After(new Assignments(2, true, [Api, Web])).Touched.ShouldBeEmpty();

    [Fact]
    public void A_volume_goes_only_when_it_is_named()
    {
        var set = Of(new Assignments(1, true, Volumes: [Data]));

        set.After(new Assignments(2, true)).Next.LeavingVolumes.ShouldBeEmpty();
        var named = set.After(new Assignments(2, false, RemovedVolumes: ["data"])).Next;
        named.LeavingVolumes.ShouldBe(["data"]);
        named.Volumes.ShouldBeEmpty();
        named.WithoutVolume("data").LeavingVolumes.ShouldBeEmpty();
        named.After(new Assignments(3, false, Volumes: [Data])).Next.LeavingVolumes.ShouldBeEmpty();
    }

    [Fact]
    public void Network_and_names_stay_until_others_come()
    {
        var network = new NetworkAssignment("10.42.0.0/16", "10.42.0.1");
        var set = Of(new Assignments(1, true, Network: network, Environment: new EnvironmentDelta(true, "Default")), new Assignments(2, false, [Web]));

        set.Network.ShouldBe(network);
        set.Environment.Name.ShouldBe("Default");
        set.After(new Assignments(3, false, [Api])).EnvironmentChanged.ShouldBeFalse();
        set.After(new Assignments(3, false, Environment: new EnvironmentDelta(false, "Other"))).EnvironmentChanged.ShouldBeTrue();
    }

    [Fact]
    public void Its_message_makes_the_same_set_again()
    {
        var set = Of(
            new Assignments(1, true, [Web, Api], Volumes: [Data], Network: new NetworkAssignment("10.42.0.0/16", "10.42.0.1"), Environment: new EnvironmentDelta(true, "Default", "e1", Stacks: EquatableMap.Of(("s", new StackView("s", "shop", false))))),
            new Assignments(2, false, RemovedContainers: ["web"], RemovedVolumes: ["old"]));

        var again = AssignmentSet.Empty.After(set.ToMessage()).Next;

        again.ToMessage().ShouldBe(set.ToMessage());
        again.Leaving.ShouldBe(set.Leaving);
        again.Environment.ShouldBe(set.Environment);
    }

    private static AssignmentSet Of(params Assignments[] messages) => messages.Aggregate(AssignmentSet.Empty, (set, message) => set.After(message).Next);
}
