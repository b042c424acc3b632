using Drover.Agent.Tests.Harness;
using Drover.Protocol;

namespace Drover.Agent.Tests;

/// <summary>The agent dies between any two pieces of its code; the next one goes on from disk and engine.</summary>
public sealed class KilledAgentTests
{
    [Fact]
    public void Killed_at_any_instant_of_a_start_the_next_agent_ends_with_the_same_containers_started_once()
        => AtAnyInstant(
            begin: rig => rig.Server.Want(Wanted.OfService("web"), Wanted.OfService("side") with { NetworkFrom = "web" }),
            end: rig =>
            {
                rig.UntilRunning("web", "side");
                rig.Calls.Where(call => !call.StartsWith("pull", StringComparison.Ordinal)).Order().ShouldBe(["create side", "create web", "start side", "start web"]);
            });

    [Fact]
    public void Killed_at_any_instant_of_a_restart_the_container_is_restarted_once()
        => AtAnyInstant(
            begin: rig =>
            {
                rig.Server.Want(Wanted.OfService("web"));
                rig.UntilRunning("web");
                rig.Server.Change("web", web => web with { RestartCount = 1 });
            },
            end: rig =>
            {
                rig.Until(() => rig.Server.Seen.GetValueOrDefault("web") is { State: SeenState.Running, RestartCount: 1, Generation: 2 }, "It is restarted");
                rig.Calls.Count(call => call == "stop web").ShouldBe(1);
                rig.Calls.Count(call => call == "start web").ShouldBe(2);
            });

    [Fact]
    public void Killed_at_any_instant_of_a_removal_the_container_is_gone_and_its_neighbour_untouched()
        => AtAnyInstant(
            begin: rig =>
            {
                rig.Server.Want(Wanted.OfService("web"), Wanted.OfService("api"));
                rig.UntilRunning("web", "api");
                rig.Server.Forget("web");
            },
            end: rig =>
            {
                rig.Until(() => rig.StateOf("web") == SeenState.Nothing && !rig.Server.Seen.ContainsKey("web"), "It is gone");
                rig.UntilRunning("api");
                rig.Calls.ShouldNotContain("stop api");
                rig.Calls.Count(call => call == "start api").ShouldBe(1);
            });

    [Fact]
    public void Killed_at_any_instant_of_a_removal_without_a_server_the_container_still_goes()
        => AtAnyInstant(
            begin: rig =>
            {
                rig.Server.Want(Wanted.OfService("web"));
                rig.UntilRunning("web");
                rig.Server.Forget("web");
                rig.Loop.For(TimeSpan.FromMilliseconds(1));
                rig.Server.GoDown();
            },
            end: rig => rig.Until(() => rig.StateOf("web") == SeenState.Nothing, "It is gone"));

    /// <summary>Runs the same story once for each piece of code in it, with the agent killed after that piece.</summary>
    private static void AtAnyInstant(Action<AgentRig> begin, Action<AgentRig> end)
    {
        var instants = 0;
        for (var killAt = 1; ; killAt++, instants++)
        {
            var rig = new AgentRig().Start();
            begin(rig);
            var begun = rig.Loop.Ran;
            if (!rig.Loop.UntilRan(begun + killAt, TimeSpan.FromSeconds(3))) break;
            rig.Kill();
            rig.Start();
            end(rig);
        }

        instants.ShouldBeGreaterThan(8);
    }
}
