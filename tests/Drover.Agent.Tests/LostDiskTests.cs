using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Agent.Tests;

public sealed class LostDiskTests
{
    private readonly AgentRig _rig = new AgentRig().Start();

    [Fact]
    public void With_its_disk_lost_the_agent_takes_up_its_containers_from_the_engine_untouched()
    {
        _rig.Server.Want(Wanted.OfService("web"), Wanted.Standalone("box") with { RestartCount = 3 });
        _rig.UntilRunning("web", "box");
        var before = _rig.Calls.Count;
        _rig.Kill();
        _rig.Disk.Lose();

        _rig.Start();
        _rig.UntilRunning("web", "box");
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Calls.Count.ShouldBe(before);
    }

    [Fact]
    public void A_finished_job_is_not_run_again_because_the_disk_was_lost()
    {
        _rig.Runtime.Behaviour = new FakeBehaviour().With("job:1", new ImageBehaviour { RunsFor = TimeSpan.FromSeconds(2) });
        _rig.Server.Want(Wanted.Standalone("job", image: "job:1") with { StartOnce = true, Generation = 5 });
        _rig.UntilSeen("job", SeenState.Exited);
        _rig.Kill();
        _rig.Disk.Lose();

        _rig.Start();
        _rig.UntilSeen("job", SeenState.Exited);
        _rig.Loop.For(TimeSpan.FromMinutes(5));

        _rig.Calls.Count(call => call == "start job").ShouldBe(1);
    }

    [Fact]
    public void Without_a_server_a_container_that_nobody_remembers_is_left_alone()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Kill();
        _rig.Server.GoDown();
        _rig.Disk.Lose();

        _rig.Start();
        _rig.Loop.For(TimeSpan.FromHours(1));

        _rig.StateOf("web").ShouldBe(SeenState.Running);
    }

    [Fact]
    public void A_container_of_ours_that_the_server_does_not_name_is_shown_to_it_and_goes_only_when_it_says_so()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Kill();
        _rig.Disk.Lose();
        _rig.Server.Wanted.Clear();

        _rig.Start();
        _rig.Until(() => _rig.Server.Messages.OfType<Inventory>().Last().Containers.Any(status => status is { Uuid: "web", State: SeenState.Running, Imported: null }), "It is shown");
        _rig.Loop.For(TimeSpan.FromMinutes(5));
        _rig.StateOf("web").ShouldBe(SeenState.Running);
        _rig.Server.Forget("web");

        _rig.Until(() => _rig.StateOf("web") == SeenState.Nothing, "It goes");
    }
}
