using Drover.Agent.Tests.Harness;
using Drover.Model.Metadata;
using Drover.Protocol;

namespace Drover.Agent.Tests;

public sealed class ReportTests
{
    private readonly AgentRig _rig = new();

    [Fact]
    public void Statuses_are_sent_in_batches_and_none_twice()
    {
        _rig.Start();
        _rig.Server.Want([.. Enumerable.Range(1, 50).Select(n => Wanted.OfService($"web-{n}"))]);
        _rig.UntilRunning([.. Enumerable.Range(1, 50).Select(n => $"web-{n}")]);
        var reports = _rig.Server.Messages.OfType<StatusReport>().ToList();

        _rig.Loop.For(TimeSpan.FromMinutes(10));

        reports.Count.ShouldBeLessThan(20);
        _rig.Server.Messages.OfType<StatusReport>().Count().ShouldBe(reports.Count);
        foreach (var (one, next) in reports.Zip(reports.Skip(1))) one.Containers.Items.Intersect(next.Containers.Items).ShouldBeEmpty();
    }

    [Fact]
    public void An_idle_host_says_no_more_than_that_it_lives()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        var before = _rig.Server.Messages.Count;

        _rig.Loop.For(TimeSpan.FromSeconds(60));

        var since = _rig.Server.Messages.Skip(before).ToList();
        since.ShouldAllBe(message => message is Heartbeat);
        since.Count.ShouldBe(12);
    }

    [Fact]
    public void An_idle_host_writes_nothing_to_its_disk()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        var before = _rig.Disk.Appended;

        _rig.Loop.For(TimeSpan.FromHours(1));

        _rig.Disk.Appended.ShouldBe(before);
    }

    [Fact]
    public void The_inventory_waits_for_the_engine()
    {
        _rig.Runtime.GoDown();
        _rig.Start();
        _rig.Until(() => _rig.Server.Host is { EngineUp: false }, "The session opens");
        _rig.Loop.For(TimeSpan.FromMinutes(1));
        _rig.Server.Inventories.ShouldBe(0);

        _rig.Runtime.ComeUp();

        _rig.Until(() => _rig.Server.Inventories == 1 && _rig.Server.Host!.EngineUp, "The inventory comes");
    }

    [Fact]
    public void Progress_of_a_pull_is_shown_and_gone_when_it_is_over()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");

        var shown = _rig.Server.Messages.OfType<StatusReport>().SelectMany(report => report.Containers.Items).ToList();
        shown.ShouldContain(status => status.State == SeenState.Pulling && status.Progress == "Pulling nginx:1");
        shown[^1].Progress.ShouldBeNull();
    }

    [Fact]
    public void Listeners_hear_the_names_of_the_environment_at_the_start_and_with_each_change()
    {
        var names = new Names();
        _rig.Listeners.Add(names);
        _rig.Start();
        _rig.Until(() => names.Heard.LastOrDefault() == "Default", "The server's names");
        _rig.Server.Tell(new Assignments(0, false, Environment: new EnvironmentDelta(false, "Renamed")));
        _rig.Until(() => names.Heard[^1] == "Renamed", "The change");
        _rig.Kill();
        _rig.Server.GoDown();

        _rig.Start();

        names.Heard[^1].ShouldBe("Renamed");
    }

    [Fact]
    public void A_host_that_changes_is_described_anew()
    {
        _rig.Start();
        _rig.Until(() => _rig.Server.Host is { CpuCount: 4 }, "The host is described");

        _rig.Runtime.Behaviour = _rig.Runtime.Behaviour with { CpuCount = 8 };

        _rig.Until(() => _rig.Server.Host is { CpuCount: 8 }, "The change is heard");
    }

    private sealed class Names : IEnvironmentListener
    {
        public List<string> Heard { get; } = [];

        public void Changed(EnvironmentView view, EnvironmentDelta? since, NetworkAssignment? network) => Heard.Add(view.Name);
    }
}
