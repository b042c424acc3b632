using Drover.Agent.Instances;

namespace Drover.Agent.Tests.Instances;

public sealed class LanesTests
{
    private readonly Lanes _lanes = new();

    [Fact]
    public void Eight_containers_are_made_or_started_at_once_and_the_next_is_told_when_one_is_done()
    {
        Enumerable.Range(1, 8).ShouldAllBe(n => _lanes.TryEnter(new Step.Start(), $"c{n}"));
        _lanes.TryEnter(new Step.Create(), "late").ShouldBeFalse();

        _lanes.Leave(new Step.Start(), "c3").ShouldBe(["late"]);
        _lanes.TryEnter(new Step.Create(), "late").ShouldBeTrue();
        _lanes.Leave(new Step.Create(), "late").ShouldBeEmpty();
    }

    [Fact]
    public void Slow_sorts_of_steps_take_no_place_from_quick_ones()
    {
        Enumerable.Range(1, 40).Count(n => _lanes.TryEnter(new Step.Stop(), $"s{n}")).ShouldBe(32);
        Enumerable.Range(1, 40).Count(n => _lanes.TryEnter(new Step.Pull($"image:{n}"), $"p{n}")).ShouldBe(4);

        _lanes.TryEnter(new Step.Start(), "web").ShouldBeTrue();
    }

    [Fact]
    public void Containers_that_wait_for_one_image_take_one_place()
    {
        Enumerable.Range(1, 40).ShouldAllBe(n => _lanes.TryEnter(new Step.Pull("image:1"), $"c{n}"));
        foreach (var n in Enumerable.Range(2, 3)) _lanes.TryEnter(new Step.Pull($"image:{n}"), $"d{n}").ShouldBeTrue();
        _lanes.TryEnter(new Step.Pull("image:5"), "late").ShouldBeFalse();

        foreach (var n in Enumerable.Range(1, 39)) _lanes.Leave(new Step.Pull("image:1"), $"c{n}").ShouldBeEmpty();
        _lanes.Leave(new Step.Pull("image:1"), "c40").ShouldBe(["late"]);
    }
}
