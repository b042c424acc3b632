using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Drover.Simulator.Links;

namespace Drover.Agent.Tests;

public sealed class LostServerTests
{
    private readonly AgentRig _rig = new AgentRig().Start();

    [Fact]
    public void With_the_server_gone_for_days_the_host_goes_on_and_nothing_healthy_is_touched_on_its_return()
    {
        _rig.Server.Want(Wanted.OfService("web"), Wanted.OfService("api"), Wanted.Standalone("box", "always"));
        _rig.UntilRunning("web", "api", "box");
        _rig.Server.GoDown();
        var before = _rig.Calls.Count;

        _rig.Loop.For(TimeSpan.FromDays(1));
        _rig.Runtime.Crash("web");
        _rig.Loop.For(TimeSpan.FromDays(2));
        _rig.Server.Up = true;
        _rig.UntilRunning("web", "api", "box");
        _rig.Loop.For(TimeSpan.FromMinutes(10));

        _rig.Calls.Skip(before).ShouldBe(["start web"]);
        _rig.Server.Seen["web"].StartCount.ShouldBe(2);
    }

    [Fact]
    public void What_changed_while_the_server_could_not_reach_the_host_is_done_on_its_return()
    {
        _rig.Server.Want(Wanted.OfService("web"), Wanted.OfService("old"));
        _rig.UntilRunning("web", "old");
        _rig.Server.GoDown();
        _rig.Loop.For(TimeSpan.FromMinutes(1));
        _rig.Server.Wanted.Remove("old");
        _rig.Server.Want(Wanted.OfService("new"));

        _rig.Server.Up = true;
        _rig.UntilRunning("web", "new");
        _rig.Until(() => _rig.StateOf("old") == SeenState.Nothing, "What is not wanted any more is gone");

        _rig.Calls.ShouldNotContain("stop web");
    }

    [Fact]
    public void An_agent_that_starts_without_a_server_goes_by_what_it_kept()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Kill();
        _rig.Server.GoDown();
        _rig.Runtime.Crash("web");

        _rig.Start();

        _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It runs again");
    }

    [Fact]
    public void A_server_that_is_there_is_heard_before_anything_is_started()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Kill();
        _rig.Runtime.Crash("web");
        _rig.Server.Wanted.Remove("web");
        _rig.Transport.Weather = new LinkWeather { Delay = () => TimeSpan.FromMilliseconds(500) };

        _rig.Start();
        _rig.Until(() => _rig.StateOf("web") == SeenState.Nothing, "It is removed");

        _rig.Calls.Count(call => call == "start web").ShouldBe(1);
    }

    [Fact]
    public void A_server_that_is_there_and_says_nothing_is_not_waited_for_for_long()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Kill();
        _rig.Runtime.Crash("web");
        _rig.Transport.Weather = new LinkWeather { Delay = () => TimeSpan.FromHours(1) };

        _rig.Start();

        _rig.Until(() => _rig.StateOf("web") == SeenState.Running, "It goes by what it kept", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_agent_comes_back_ever_more_slowly_and_never_slower_than_half_a_minute()
    {
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Server.GoDown();
        _rig.Loop.For(TimeSpan.FromHours(1));
        _rig.Server.Up = true;
        var back = _rig.Now;

        _rig.Until(() => _rig.Server.Messages.OfType<Hello>().Count() == 2, "It is back");

        (_rig.Now - back).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_host_that_was_removed_goes_on_alone_and_asks_seldom_whether_it_is_wanted_again()
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Server.Refusal = new Refused("This host was removed", 60, Final: true);

        _rig.Transport.Link!.Cut();
        _rig.Loop.For(TimeSpan.FromHours(1));
        _rig.Server.Messages.OfType<Hello>().Count().ShouldBeInRange(10, 20);
        _rig.Runtime.Crash("web");
        _rig.Loop.For(TimeSpan.FromMinutes(1));
        _rig.StateOf("web").ShouldBe(SeenState.Running);

        _rig.Server.Refusal = null;
        _rig.UntilRunning("web");
        _rig.Running!.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void An_agent_that_is_told_to_stay_away_does_so()
    {
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Server.Refusal = new Refused("Too many agents", 300);
        _rig.Transport.Link!.Cut();
        _rig.Until(() => _rig.Server.Messages.OfType<Hello>().Count() == 2, "It asks once");
        _rig.Server.Refusal = null;

        _rig.Loop.For(TimeSpan.FromSeconds(300));
        _rig.Server.Messages.OfType<Hello>().Count().ShouldBe(2);
        _rig.Until(() => _rig.Server.Messages.OfType<Hello>().Count() == 3, "It asks again");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"type\":\"nonsense\"}")]
    [InlineData("{\"type\":\"assignments\",\"containers\":[{}]}")]
    [InlineData("{\"type\":\"assignments\",\"sequence\":\"x\"}")]
    [InlineData("{\"type\":\"assignments\",\"sequence\":1,\"complete\":true,\"containers\":[{\"uuid\":null}]}")]
    [InlineData("{\"type\":\"assignments\",\"sequence\":1,\"complete\":true,\"containers\":[null]}")]
    [InlineData("{\"type\":\"assignments\",\"sequence\":1,\"complete\":true,\"removedContainers\":[\"\"]}")]
    [InlineData("{\"type\":\"assignments\",\"sequence\":1,\"complete\":true,\"volumes\":[{\"uuid\":\"v\"}]}")]
    [InlineData("{\"type\":\"assignments\",\"sequence\":1,\"complete\":true,\"network\":{}}")]
    [InlineData("{\"type\":\"welcome\",\"version\":1,\"session\":9,\"hostId\":\"1h1\",\"heartbeatSeconds\":5}")]
    public void A_frame_that_makes_no_sense_ends_the_session_and_nothing_else(string frame)
    {
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Server.Rubbish = frame;

        _rig.Server.Want(Wanted.OfService("api"));
        _rig.UntilRunning("web", "api");

        _rig.Server.Messages.OfType<Hello>().Count().ShouldBe(2);
        _rig.Calls.ShouldNotContain("stop web");
    }
}
