using Drover.Agent.Sessions;
using Drover.Simulator.Links;
using Drover.Simulator.Time;

namespace Drover.Simulator.Tests.Links;

public sealed class MemoryLinkTests
{
    private readonly SimLoop _loop = new(new SimClock()) { Strict = true };

    [Fact]
    public void Frames_arrive_in_order_in_both_directions()
    {
        var link = MemoryLink.Open(_loop.Clock, LinkWeather.Fair);
        Send(link.Agent, 1, 2);
        Send(link.Server, 3);

        Receive(link.Server).ShouldBe(1);
        Receive(link.Server).ShouldBe(2);
        Receive(link.Agent).ShouldBe(3);
    }

    [Fact]
    public void Frames_take_their_time_and_stay_in_order()
    {
        var delays = new Queue<TimeSpan>([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)]);
        var link = MemoryLink.Open(_loop.Clock, new LinkWeather { Delay = delays.Dequeue });
        var begun = _loop.Clock.GetUtcNow();
        Send(link.Agent, 1, 2);

        Receive(link.Server).ShouldBe(1);
        Receive(link.Server).ShouldBe(2);

        (_loop.Clock.GetUtcNow() - begun).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Frames_may_be_lost_or_doubled()
    {
        var link = MemoryLink.Open(_loop.Clock, new LinkWeather { Up = frame => frame[0] switch { 1 => LinkFate.Drop, 2 => LinkFate.Twice, _ => LinkFate.Deliver } });
        Send(link.Agent, 1, 2, 3);

        new[] { Receive(link.Server), Receive(link.Server), Receive(link.Server) }.ShouldBe([2, 2, 3]);
    }

    [Fact]
    public void A_cut_ends_both_ends()
    {
        var link = MemoryLink.Open(_loop.Clock, LinkWeather.Fair);
        link.Cut();

        Receive(link.Server).ShouldBeNull();
        Receive(link.Agent).ShouldBeNull();
        Should.Throw<SessionException>(() => Send(link.Agent, 1));
    }

    [Fact]
    public void A_frame_whose_fate_is_a_cut_takes_the_connection_with_it()
    {
        var link = MemoryLink.Open(_loop.Clock, new LinkWeather { Down = _ => LinkFate.Cut });

        Should.Throw<SessionException>(() => Send(link.Server, 1));
        Receive(link.Agent).ShouldBeNull();
    }

    [Fact]
    public void A_transport_says_where_no_server_is()
    {
        var transport = new MemoryTransport(_loop.Clock, _ => false);
        Should.Throw<SessionException>(() => _loop.Finish(() => transport.ConnectAsync(default)));

        transport.Reachable = false;
        Should.Throw<SessionException>(() => _loop.Finish(() => transport.ConnectAsync(default))).Message.ShouldContain("reached");
    }

    private void Send(ISessionConnection end, params byte[] frames)
    {
        foreach (var frame in frames)
        {
            _loop.Finish(async () =>
            {
                await end.SendAsync(new[] { frame }, default);
                return true;
            });
        }
    }

    private int? Receive(ISessionConnection end) => _loop.Finish(() => end.ReceiveAsync(default)) is { } frame ? frame[0] : null;
}
