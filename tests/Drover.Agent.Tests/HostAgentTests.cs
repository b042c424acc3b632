using Drover.Agent.Tests.Harness;
using Drover.Protocol;

namespace Drover.Agent.Tests;

public sealed class HostAgentTests
{
    private readonly AgentRig _rig = new();

    [Fact]
    public void An_assigned_container_is_pulled_created_and_started_and_the_server_hears_of_it()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));

        _rig.UntilRunning("web");

        _rig.Calls.ShouldBe(["pull nginx:1", "create web", "start web"]);
        _rig.Server.Seen["web"].ShouldSatisfyAllConditions(
            seen => seen.Generation.ShouldBe(1),
            seen => seen.StartCount.ShouldBe(1),
            seen => seen.Progress.ShouldBeNull(),
            seen => seen.Error.ShouldBeNull());
    }

    [Fact]
    public void One_image_is_pulled_once_for_many_containers()
    {
        _rig.Start();
        _rig.Server.Want([.. Enumerable.Range(1, 20).Select(n => Wanted.OfService($"web-{n}"))]);

        _rig.UntilRunning([.. Enumerable.Range(1, 20).Select(n => $"web-{n}")]);

        _rig.Calls.Count(call => call.StartsWith("pull", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void A_container_is_stopped_started_again_and_removed_as_it_is_asked()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.Standalone("box"));
        _rig.UntilRunning("box");

        _rig.Server.Change("box", box => box with { Wanted = WantedState.Stopped });
        _rig.UntilSeen("box", SeenState.Exited);
        _rig.Server.Change("box", box => box with { Wanted = WantedState.Running });
        _rig.UntilRunning("box");
        _rig.Server.Change("box", box => box with { Wanted = WantedState.Removed });
        _rig.UntilSeen("box", SeenState.Removed);
        _rig.Server.Forget("box");
        _rig.Until(() => !_rig.Server.Seen.ContainsKey("box"), "The host has forgotten it");
        _rig.Disk.Load().ShouldSatisfyAllConditions(disk => disk.Assigned.Containers.ShouldBeEmpty(), disk => disk.Memories.ShouldBeEmpty());

        _rig.Calls.ShouldBe(["pull nginx:1", "create box", "start box", "stop box", "start box", "stop box", "remove box"]);
    }
}
