using Drover.Server.Streams;

namespace Drover.Server.Tests.Streams;

public sealed class SharesTests
{
    [Fact]
    public void One_user_leaves_room_for_others_and_all_together_have_an_end()
    {
        var shares = new Shares(most: 5, mostEach: 2);

        shares.Take(1).ShouldBeNull();
        shares.Take(1).ShouldBeNull();
        shares.Take(1).ShouldBe(2);
        shares.Take(2).ShouldBeNull();
        shares.Take(null).ShouldBeNull("the server itself has no share");
        shares.Take(null).ShouldBeNull();
        shares.Take(3).ShouldBe(5);
        shares.Taken.ShouldBe(5);

        shares.GiveBack(1);
        shares.Take(1).ShouldBeNull("what was given back is free");
        foreach (var user in new long?[] { 1, 1, 2, null, null }) shares.GiveBack(user);
        shares.Taken.ShouldBe(0);
    }
}
