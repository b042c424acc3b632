using Drover.Protocol;
using Drover.Server.Hosts;

namespace Drover.Server.Tests.Hosts;

public sealed class ToldPartsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly ToldParts _told = new();

    [Fact]
    public void A_complete_message_holds_every_part()
    {
        _told.Tell(new Assignments(1, Complete: true), Now);

        _told.All.Select(part => (part.Name, part.Told, part.Taken)).ShouldBe([("containers", 1, null), ("volumes", 1, null), ("network", 1, null), ("names", 1, null)]);
    }

    [Fact]
    public void A_later_message_counts_for_the_parts_that_it_holds()
    {
        _told.Tell(new Assignments(1, Complete: true), Now);

        _told.Tell(new Assignments(2, Complete: false, RemovedContainers: new(["u"])), Now.AddSeconds(1));

        _told.All.Select(part => part.Told).ShouldBe([2, 1, 1, 1]);
        _told.All[0].ToldAt.ShouldBe(Now.AddSeconds(1));
    }

    [Fact]
    public void What_the_agent_took_is_what_it_was_told_up_to_there()
    {
        _told.Tell(new Assignments(1, Complete: true), Now);
        _told.Took(1, Now.AddSeconds(5));
        _told.Tell(new Assignments(2, Complete: false, RemovedContainers: new(["u"])), Now.AddSeconds(6));

        _told.Took(1, Now.AddSeconds(10));
        _told.All[0].ShouldSatisfyAllConditions(part => part.Told.ShouldBe(2), part => part.Taken.ShouldBe(1), part => part.TakenAt.ShouldBe(Now.AddSeconds(5)));

        _told.Took(2, Now.AddSeconds(15));
        _told.All.Select(part => part.Taken).ShouldBe([2, 1, 1, 1]);
    }

    [Fact]
    public void Before_it_was_told_anything_nothing_is_taken()
    {
        _told.Took(0, Now);

        _told.All.ShouldBeEmpty();
    }
}
