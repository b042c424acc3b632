using Drover.Agent.Instances;
using Drover.Agent.Tests.Harness;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Tests.Instances;

public sealed class InstanceTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly InstanceTable _table = new();

    [Fact]
    public void A_look_that_began_before_the_last_step_is_not_believed()
    {
        var web = Listed(Running("web", "e1"));
        var stamp = _table.Stamp;
        web.Touched = _table.NextStamp();

        _table.Observed("e1", Exited("web", "e1"), stamp).ShouldBeFalse();
        web.State.ShouldBe(SeenState.Running);
        _table.Observed("e1", Exited("web", "e1"), _table.Stamp).ShouldBeTrue();
        web.State.ShouldBe(SeenState.Exited);
    }

    [Fact]
    public void A_look_during_a_step_is_repeated_after_it()
    {
        var web = Listed(Running("web", "e1"));
        web.InFlight = new Step.Stop();

        _table.Observed("e1", Exited("web", "e1"), _table.Stamp).ShouldBeTrue();

        web.State.ShouldBe(SeenState.Running);
        web.LookAgain.ShouldBeTrue();
    }

    [Fact]
    public void Of_two_containers_with_one_label_the_one_that_is_known_counts()
    {
        _table.Assign("web", Wanted.OfService("web"));
        _table.Remember("web", new InstanceMemory { EngineId = "e1" });

        _table.Listed([Running("web", "copy"), Exited("web", "e1")], _table.Stamp);

        _table.Find("web")!.EngineId.ShouldBe("e1");
        _table.All.Count.ShouldBe(1);
    }

    [Fact]
    public void Of_two_that_nobody_knows_the_one_that_runs_counts()
    {
        _table.Assign("web", Wanted.OfService("web"));

        _table.Listed([Exited("web", "old"), Running("web", "new")], _table.Stamp);

        _table.Find("web")!.EngineId.ShouldBe("new");
    }

    [Fact]
    public void What_the_list_does_not_show_any_more_is_gone()
    {
        var web = Listed(Running("web", "e1"));

        _table.Listed([], _table.Stamp);

        web.State.ShouldBe(SeenState.Removed);
    }

    [Fact]
    public void One_that_nobody_assigned_is_forgotten_when_it_is_gone_and_that_is_told()
    {
        _table.Listed([ByHand("x", "e9")], _table.Stamp);
        _table.Find("x").ShouldNotBeNull();

        _table.Listed([], _table.Stamp);

        _table.Find("x").ShouldBeNull();
        _table.Gone.ShouldBe(["x"]);
    }

    [Fact]
    public void One_that_changes_wakes_those_that_wait_for_it()
    {
        _table.Assign("web", Wanted.OfService("web") with { StartAfter = ["db"] });
        var db = Listed(Running("db", "e2"));
        _table.Dirty.Clear();

        _table.Touch(db);

        _table.Dirty.Order().ShouldBe(["db", "web"]);
        _table.Assign("web", Wanted.OfService("web"));
        _table.Dirty.Clear();
        _table.Touch(db);
        _table.Dirty.ShouldBe(["db"]);
    }

    [Theory]
    [InlineData("start", true)]
    [InlineData("die", true)]
    [InlineData("destroy", true)]
    [InlineData("pause", true)]
    [InlineData("kill", false)]
    [InlineData("exec_start", false)]
    [InlineData("health_status", false)]
    [InlineData("attach", false)]
    public void Only_events_that_change_what_is_seen_cost_a_look(string action, bool looks)
    {
        Listed(Running("web", "e1"));

        _table.Noticed(new RuntimeEvent("e1", action), Start).ShouldBe(looks);
    }

    [Fact]
    public void Of_a_stranger_only_a_start_is_worth_a_look()
    {
        _table.Noticed(new RuntimeEvent("e1", "create"), Start).ShouldBeFalse();
        _table.Noticed(new RuntimeEvent("e1", "start"), Start).ShouldBeTrue();
        _table.Noticed(new RuntimeEvent("e1", "die"), Start).ShouldBeFalse();
    }

    [Fact]
    public void What_an_idle_host_sees_again_and_again_is_news_to_nobody()
    {
        Listed(Running("web", "e1"));
        _table.Listed([Running("web", "e1"), ByHand("x", "e9")], _table.Stamp);
        _table.Dirty.Clear();
        _table.Unreported.Clear();
        _table.Unsaved.Clear();

        _table.Listed([Running("web", "e1"), ByHand("x", "e9")], _table.Stamp);

        _table.Dirty.ShouldBeEmpty();
        _table.Unreported.ShouldBeEmpty();
        _table.Unsaved.ShouldBeEmpty();
    }

    private Instance Listed(ContainerStatus status)
    {
        _table.Assign(status.Uuid, Wanted.OfService(status.Uuid));
        _table.Listed([status], _table.Stamp);
        return _table.Find(status.Uuid)!;
    }

    private static ContainerStatus Running(string uuid, string id) => new() { Uuid = uuid, EngineId = id, State = SeenState.Running, StartedAt = Start };

    private static ContainerStatus Exited(string uuid, string id) => Running(uuid, id) with { State = SeenState.Exited, ExitCode = 0, FinishedAt = Start.AddSeconds(60) };

    private static ContainerStatus ByHand(string uuid, string id) => Running(uuid, id) with { Imported = new ImportedContainer("cache", "redis:7", default, EquatableMap.Of<string>(), default, default, null, "bridge", Start) };
}
