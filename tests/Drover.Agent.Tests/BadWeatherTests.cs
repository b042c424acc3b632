using Drover.Agent.Tests.Harness;
using Drover.Protocol;
using Drover.Simulator.Hosts;
using Drover.Simulator.Links;

namespace Drover.Agent.Tests;

public sealed class BadWeatherTests
{
    private readonly AgentRig _rig = new();
    private int _made;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_lost_assignment_is_noticed_by_the_next_one_and_made_good(int lost)
    {
        var frames = 0;
        _rig.Transport.Weather = new LinkWeather { Down = _ => ++frames == lost + 1 ? LinkFate.Drop : LinkFate.Deliver };
        _rig.Start();
        for (var n = 1; n <= 5; n++)
        {
            _rig.Loop.For(TimeSpan.FromSeconds(1));
            _rig.Server.Want(Wanted.OfService($"web-{n}"));
        }

        _rig.UntilRunning("web-1", "web-2", "web-3", "web-4", "web-5");

        _rig.Server.Messages.OfType<NeedComplete>().Count().ShouldBe(1);
        _rig.Server.Completes.ShouldBe(2);
    }

    [Fact]
    public void After_a_gap_the_host_says_again_all_that_it_has()
    {
        var frames = 0;
        _rig.Transport.Weather = new LinkWeather { Down = _ => ++frames == 3 ? LinkFate.Drop : LinkFate.Deliver };
        _rig.Start();
        _rig.Loop.For(TimeSpan.FromSeconds(1));
        _rig.Server.Want(Wanted.OfService("lost"));
        _rig.Server.Want(Wanted.OfService("next"));

        _rig.UntilRunning("lost", "next");

        _rig.Server.Inventories.ShouldBe(2);
    }

    [Fact]
    public void Doubled_frames_change_nothing()
    {
        _rig.Transport.Weather = new LinkWeather { Down = Doubled };
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        _rig.Server.Change("web", web => web with { RestartCount = 1 });

        _rig.Until(() => _rig.Server.Seen["web"] is { RestartCount: 1, State: SeenState.Running }, "It is restarted");

        _rig.Calls.ShouldBe(["pull nginx:1", "create web", "start web", "stop web", "start web"]);
        _rig.Server.Messages.OfType<NeedComplete>().ShouldBeEmpty();
    }

    [Fact]
    public void The_newest_session_wins()
    {
        _rig.Start();
        _rig.Server.Want(Wanted.OfService("web"));
        _rig.UntilRunning("web");
        var stolen = _rig.Transport.Link!;

        var other = MemoryLink.Open(_rig.Loop.Clock, LinkWeather.Fair);
        _rig.Loop.Start(() => _rig.Server.Accept(other.Server));
        _rig.Loop.Start(() => other.Agent.SendAsync(Wire.Encode(new Hello(1, "0.1.0", new HostDescription { Uuid = "clone", Hostname = "clone" })), default));
        _rig.Until(() => _rig.Transport.Link != stolen, "The agent opens a session of its own again");
        _rig.Server.Want(Wanted.OfService("api"));

        _rig.UntilRunning("web", "api");
        _rig.Calls.Count(call => call == "start web").ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_the_weather_was_the_host_ends_as_it_is_wanted_and_starts_nothing_twice(int seed)
    {
        var weather = new Random(seed);
        _rig.Transport.Weather = Storm(weather);
        _rig.Runtime.Behaviour = new FakeBehaviour { LookTime = TimeSpan.FromMilliseconds(weather.Next(300)) };
        _rig.Start();
        var moves = 40;
        while (moves-- > 0)
        {
            Move(weather);
            _rig.Loop.For(TimeSpan.FromMilliseconds(weather.Next(2000)));
        }

        _rig.Transport.Weather = LinkWeather.Fair;
        _rig.Transport.Link?.Cut();
        string[] wanted = [.. _rig.Server.Wanted.Keys.Order()];
        _rig.UntilRunning(wanted);
        _rig.Until(() => _rig.Runtime.Containers.Length == wanted.Length && _rig.Server.Seen.Count == wanted.Length, "Nothing else is left");

        _rig.Runtime.Containers.Select(container => container.Uuid).Order().ShouldBe(wanted);
        foreach (var uuid in wanted) _rig.Calls.Count(call => call == $"start {uuid}").ShouldBe(1, $"seed {seed}, {uuid}");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    private void Move(Random random)
    {
        switch (random.Next(6))
        {
            case 0 when _rig.Server.Wanted.Count > 0:
                _rig.Server.Forget(_rig.Server.Wanted.Keys.ElementAt(random.Next(_rig.Server.Wanted.Count)));
                break;
            case 1:
                _rig.Transport.Link?.Cut();
                break;
            case 2:
                _rig.Kill();
                _rig.Start();
                break;
            case 3 when _rig.Server.Wanted.Count > 0:
                _rig.Server.Change(_rig.Server.Wanted.Keys.ElementAt(random.Next(_rig.Server.Wanted.Count)), container => container with { Name = $"name-{random.Next(9)}" });
                break;
            default:
                _rig.Server.Want(Wanted.OfService($"web-{++_made}"));
                break;
        }
    }

    /// <summary>The welcome is doubled by no network; all else may be.</summary>
    private static LinkFate Doubled(byte[] frame) => Wire.DecodeServer(frame) is Welcome ? LinkFate.Deliver : LinkFate.Twice;

    private static LinkWeather Storm(Random random) => new()
    {
        Delay = () => TimeSpan.FromMilliseconds(random.Next(400)),
        Up = _ => random.Next(60) == 0 ? LinkFate.Cut : LinkFate.Deliver,
        Down = frame => random.Next(12) switch
        {
            0 => LinkFate.Drop,
            1 => Doubled(frame),
            2 when random.Next(4) == 0 => LinkFate.Cut,
            _ => LinkFate.Deliver,
        },
    };
}
