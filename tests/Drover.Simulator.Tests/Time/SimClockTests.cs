using Drover.Simulator.Time;

namespace Drover.Simulator.Tests.Time;

public sealed class SimClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly SimClock _clock = new(Start);
    private readonly List<string> _rung = [];

    [Fact]
    public void It_stands_still_until_it_is_told_to_go_on()
    {
        _clock.GetUtcNow().ShouldBe(Start);
        _clock.GetUtcNow().ShouldBe(Start);
    }

    [Fact]
    public void Timers_ring_in_the_order_of_their_time_and_then_of_their_making()
    {
        Timer("late", 3);
        Timer("first", 1);
        Timer("second", 1);

        RingAll(10);

        _rung.ShouldBe(["first at 1", "second at 1", "late at 3"]);
        _clock.GetUtcNow().ShouldBe(Start.AddSeconds(10));
    }

    [Fact]
    public void A_periodic_timer_rings_again_and_again()
    {
        Timer("beat", 2, 2);

        RingAll(7);

        _rung.ShouldBe(["beat at 2", "beat at 4", "beat at 6"]);
    }

    [Fact]
    public void A_timer_that_is_moved_rings_at_its_new_time_only()
    {
        var timer = Timer("moved", 1);
        timer.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);

        RingAll(10);

        _rung.ShouldBe(["moved at 5"]);
    }

    [Fact]
    public void A_timer_that_is_disposed_or_switched_off_is_silent()
    {
        Timer("disposed", 1).Dispose();
        Timer("off", 1).Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        RingAll(10);

        _rung.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_due_after_the_limit_waits()
    {
        Timer("later", 5);

        _clock.RingNext(Start.AddSeconds(4)).ShouldBeFalse();
        _clock.GetUtcNow().ShouldBe(Start.AddSeconds(4));
        RingAll(5);

        _rung.ShouldBe(["later at 5"]);
    }

    [Fact]
    public void Stopwatches_run_by_it()
    {
        var begun = _clock.GetTimestamp();
        RingAll(90);

        _clock.GetElapsedTime(begun).ShouldBe(TimeSpan.FromSeconds(90));
    }

    private ITimer Timer(string name, int due, int? period = null) => _clock.CreateTimer(
        _ => _rung.Add($"{name} at {(_clock.GetUtcNow() - Start).TotalSeconds}"),
        null,
        TimeSpan.FromSeconds(due),
        period is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);

    private void RingAll(int until)
    {
        while (_clock.RingNext(Start.AddSeconds(until)))
        {
            // on to the next
        }
    }
}
