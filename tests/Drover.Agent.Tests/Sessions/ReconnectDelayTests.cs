using Drover.Agent.Sessions;

namespace Drover.Agent.Tests.Sessions;

public sealed class ReconnectDelayTests
{
    [Fact]
    public void It_doubles_up_to_half_a_minute_and_spreads_over_half_of_that()
    {
        var jitter = new Random(7);

        for (var failures = 0; failures < 100; failures++)
        {
            var full = Math.Min(30, 0.5 * Math.Pow(2, failures));
            ReconnectDelay.Of(failures, TimeSpan.Zero, jitter).TotalSeconds.ShouldBeInRange(full / 2, full);
        }
    }

    [Fact]
    public void A_thousand_agents_do_not_come_back_at_once()
    {
        var waits = Enumerable.Range(0, 1000).Select(seed => ReconnectDelay.Of(3, TimeSpan.Zero, new Random(seed)).TotalMilliseconds).ToList();

        waits.GroupBy(wait => (int)(wait / 100)).Max(slot => slot.Count()).ShouldBeLessThan(150);
    }

    [Fact]
    public void Nobody_comes_back_before_the_server_wants_it()
        => Enumerable.Range(0, 100).Select(seed => ReconnectDelay.Of(0, TimeSpan.FromSeconds(60), new Random(seed))).ShouldAllBe(wait => wait >= TimeSpan.FromSeconds(60));
}
