using Drover.Simulator.Time;

namespace Drover.Agent.Tests;

public sealed class MemoryTrimTests : IDisposable
{
    private const long Megabyte = 1 << 20;
    private readonly SimLoop _loop = new(new SimClock());
    private readonly MemoryTrim _trim;
    private long _allocated = 10 * Megabyte;
    private int _trims;

    public MemoryTrimTests() => _trim = new MemoryTrim(_loop.Clock, () => _allocated, () => _trims++);

    [Fact]
    public void After_much_work_memory_is_given_back_once_and_only_at_rest()
    {
        After(20 * Megabyte).ShouldBe(0);
        After(40 * Megabyte).ShouldBe(0);
        After(Megabyte).ShouldBe(1);
        After(Megabyte).ShouldBe(1);
    }

    [Fact]
    public void Little_by_little_adds_up()
    {
        for (var look = 0; look < 5; look++) After(4 * Megabyte).ShouldBe(0);

        After(4 * Megabyte).ShouldBe(1);
    }

    public void Dispose() => _trim.Dispose();

    private int After(long allocated)
    {
        _allocated += allocated;
        _loop.For(MemoryTrim.Interval);
        return _trims;
    }
}
