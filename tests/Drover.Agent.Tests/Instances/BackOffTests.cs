using Drover.Agent.Instances;

namespace Drover.Agent.Tests.Instances;

public sealed class BackOffTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(10, 51_200)]
    [InlineData(11, 60_000)]
    [InlineData(int.MaxValue, 60_000)]
    public void After_ends_it_begins_with_a_tenth_of_a_second_and_ends_with_a_minute(int ends, int milliseconds)
        => BackOff.OfEnds(ends).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void After_failures_it_begins_with_a_second()
        => Enumerable.Range(1, 8).Select(failures => BackOff.OfFailures(failures).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 60, 60]);
}
