using Drover.Agent.Tests.Harness;
using Drover.Protocol;

namespace Drover.Agent.Tests;

public sealed class ImportTests
{
    private readonly AgentRig _rig = new AgentRig().Start();

    [Fact]
    public void A_container_started_by_hand_is_shown_when_it_starts_and_gone_when_it_is_removed()
    {
        var uuid = _rig.Runtime.RunByHand("cache", "redis:7", start: false);
        _rig.Loop.For(TimeSpan.FromMinutes(3));
        _rig.Server.Seen.ShouldNotContainKey(uuid);

        _rig.Runtime.StartByHand(uuid);
        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault(uuid) is { State: SeenState.Running, Imported: { Name: "cache", Image: "redis:7" } }, "It is shown");
        _rig.Runtime.RemoveByHand(uuid);

        _rig.Until(() => !_rig.Server.Seen.ContainsKey(uuid), "It is gone");
    }

    [Fact]
    public void What_runs_when_the_host_joins_is_in_its_first_inventory()
    {
        var rig = new AgentRig();
        var uuid = rig.Runtime.RunByHand("cache", "redis:7");

        rig.Start();
        rig.Until(() => rig.Server.Inventories == 1, "The inventory comes");

        rig.Server.Seen.Keys.ShouldBe([uuid]);
    }

    [Fact]
    public void Nobody_but_its_owner_touches_it()
    {
        var uuid = _rig.Runtime.RunByHand("cache", "redis:7");
        _rig.Until(() => _rig.Server.Seen.ContainsKey(uuid), "It is shown");
        _rig.Server.Want(Imported(uuid, WantedState.Running));

        _rig.Runtime.Crash(uuid);
        _rig.UntilSeen(uuid, SeenState.Exited);
        _rig.Loop.For(TimeSpan.FromHours(1));

        _rig.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Its_first_assignment_tells_what_was_found_and_asks_for_nothing()
    {
        var ended = _rig.Runtime.RunByHand("job", "redis:7");
        var started = _rig.Runtime.RunByHand("cache", "redis:7");
        _rig.Until(() => _rig.Server.Seen.ContainsKey(ended) && _rig.Server.Seen.ContainsKey(started), "They are shown");
        _rig.Runtime.GoDown(containersGoOn: true);
        _rig.Until(() => _rig.Server.Host is { EngineUp: false }, "The engine is lost");
        _rig.Server.Want(Imported(ended, WantedState.Running), Imported(started, WantedState.Stopped));
        _rig.Runtime.Crash(ended);

        _rig.Runtime.ComeUp();
        _rig.UntilSeen(ended, SeenState.Exited);
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Calls.ShouldBeEmpty();
        _rig.Server.Seen[started].State.ShouldBe(SeenState.Running);
    }

    [Fact]
    public void Stopped_started_and_removed_by_the_server_it_obeys()
    {
        var uuid = _rig.Runtime.RunByHand("cache", "redis:7");
        _rig.Until(() => _rig.Server.Seen.ContainsKey(uuid), "It is shown");
        _rig.Server.Want(Imported(uuid, WantedState.Running));
        _rig.UntilRunning(uuid);

        _rig.Server.Change(uuid, cache => cache with { Wanted = WantedState.Stopped });
        _rig.UntilSeen(uuid, SeenState.Exited);
        _rig.Server.Change(uuid, cache => cache with { Wanted = WantedState.Running });
        _rig.UntilRunning(uuid);
        _rig.Server.Change(uuid, cache => cache with { Wanted = WantedState.Removed });
        _rig.UntilSeen(uuid, SeenState.Removed);

        _rig.Calls.ShouldBe([$"stop {uuid}", $"start {uuid}", $"stop {uuid}", $"remove {uuid}"]);
    }

    [Fact]
    public void A_server_may_give_it_a_uuid_of_its_own()
    {
        var byHand = _rig.Runtime.RunByHand("cache", "redis:7");
        _rig.Until(() => _rig.Server.Seen.ContainsKey(byHand), "It is shown");

        _rig.Server.Want(Imported(byHand, WantedState.Running) with { Uuid = "of-the-server" });
        _rig.Until(() => _rig.Server.Seen.GetValueOrDefault("of-the-server") is { State: SeenState.Running } && !_rig.Server.Seen.ContainsKey(byHand), "It has the server's name");

        _rig.Calls.ShouldBeEmpty();
    }

    private ContainerAssignment Imported(string uuid, WantedState wanted) => new()
    {
        Uuid = uuid,
        Generation = 1,
        Wanted = wanted,
        ImportedId = _rig.Runtime.Find(uuid, byHand: true)!.EngineId,
    };
}
