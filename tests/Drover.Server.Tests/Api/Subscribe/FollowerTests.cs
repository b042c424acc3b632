using Drover.Server.Api.Subscribe;

namespace Drover.Server.Tests.Api.Subscribe;

public sealed class FollowerTests
{
    [Fact]
    public async Task A_doubt_is_heard_before_the_next_message_however_many_wait()
    {
        using var follower = new Follower(_ => { });
        for (var i = 1; i <= 3; i++) follower.Offer(("stack", i), Message(i));

        (await follower.WaitAsync()).ShouldBe((false, false));
        Number(follower.Take()).ShouldBe(1);
        follower.Doubt();
        follower.Beat();
        (await follower.WaitAsync()).ShouldBe((true, true));
        (await follower.WaitAsync()).ShouldBe((false, false), "two messages wait still");

        follower.Offer(("stack", 4), Message(4));
        follower.TakeAll().Select(told => Number(told)).ShouldBe([2, 3, 4]);
        follower.Take().ShouldBeNull();
    }

    private static Told Message(int number) => new(null, new[] { (byte)number });

    private static int? Number(Told? told) => told?.Message.Span[0];
}
