using Drover.Store.Commits;

namespace Drover.Store.Tests.Commits;

public sealed class IdCountersTests
{
    private readonly IdCounters _ids = new(new Dictionary<string, long> { ["stack"] = 41 });

    [Fact]
    public void Numbers_go_on_from_what_is_durable()
        => (_ids.Next("stack"), _ids.Next("stack"), _ids.Next("host")).ShouldBe((42, 43, 1));

    [Fact]
    public void What_moved_is_told_once()
    {
        _ids.Next("stack");
        _ids.Next("stack");
        _ids.Reach("host", 7);

        _ids.TakeNew().ShouldBe([KeyValuePair.Create("stack", 43L), KeyValuePair.Create("host", 7L)], ignoreOrder: true);
        _ids.TakeNew().ShouldBeEmpty();
    }

    [Fact]
    public void A_lower_chosen_number_moves_nothing()
    {
        _ids.Reach("stack", 12);

        _ids.TakeNew().ShouldBeEmpty();
        _ids.Next("stack").ShouldBe(42);
    }
}
