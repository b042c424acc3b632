using Drover.Model.Kernel;

namespace Drover.Reconcile.Tests;

public sealed class WaitingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_new_reason_begins_now()
        => Waiting.For(new Why("a", Now.AddHours(-1), null), "b", Now, Now.AddSeconds(1)).ShouldBe(new Why("b", Now, Now.AddSeconds(1)));

    [Fact]
    public void The_same_reason_goes_on_since_it_began_with_the_newest_next_try()
        => Waiting.For(new Why("a", Now.AddHours(-1), Now), "a", Now, Now.AddSeconds(9)).ShouldBe(new Why("a", Now.AddHours(-1), Now.AddSeconds(9)));

    [Fact]
    public void Without_a_past_it_begins_now() => Waiting.For(null, "a", Now).ShouldBe(new Why("a", Now, null));
}
