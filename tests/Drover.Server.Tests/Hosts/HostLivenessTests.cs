using Drover.Server.Hosts;

namespace Drover.Server.Tests.Hosts;

public sealed class HostLivenessTests
{
    private static readonly DateTimeOffset Heard = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "active")]
    [InlineData(14.9, "active")]
    [InlineData(15, "reconnecting")]
    [InlineData(194.9, "reconnecting")]
    [InlineData(195, "disconnected")]
    [InlineData(100000, "disconnected")]
    public void Silence_makes_a_host_reconnecting_then_disconnected(double seconds, string state)
        => Of(seconds, removeAfter: null).State.ShouldBe(state);

    [Fact]
    public void It_says_when_to_look_again()
    {
        Of(3, null).NextLook.ShouldBe(Heard.AddSeconds(15));
        Of(20, null).NextLook.ShouldBe(Heard.AddSeconds(195));
        Of(300, null).NextLook.ShouldBeNull();
    }

    [Fact]
    public void A_disconnected_host_is_removed_after_the_environments_delay()
    {
        Of(1000, removeAfter: 900).Remove.ShouldBeFalse();
        Of(1000, removeAfter: 900).NextLook.ShouldBe(Heard.AddSeconds(195 + 900));
        Of(1095, removeAfter: 900).Remove.ShouldBeTrue();
        Of(1095, removeAfter: -1).Remove.ShouldBeFalse("a negative delay is never");
    }

    [Fact]
    public void No_host_is_removed_soon_after_the_server_came_up()
    {
        var started = Heard.AddHours(5);

        var liveness = HostLiveness.Of(Heard, started, 0, started.AddSeconds(899));

        liveness.Remove.ShouldBeFalse();
        liveness.NextLook.ShouldBe(started.AddSeconds(900));
        HostLiveness.Of(Heard, started, 0, started.AddSeconds(900)).Remove.ShouldBeTrue();
    }

    private static HostLiveness Of(double seconds, long? removeAfter)
        => HostLiveness.Of(Heard, Heard.AddHours(-10), removeAfter, Heard.AddSeconds(seconds));
}
