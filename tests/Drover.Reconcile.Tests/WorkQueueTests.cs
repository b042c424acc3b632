using Drover.Testing;

namespace Drover.Reconcile.Tests;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly WorkKey A = new("Test", 1);
    private static readonly WorkKey B = new("Test", 2);
    private readonly ManualTime _time = new();
    private readonly WorkQueue _queue;

    public WorkQueueTests() => _queue = new WorkQueue(_time, BackOff.Default, seed: 7);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void A_key_that_is_added_many_times_waits_once()
    {
        for (var i = 0; i < 10; i++) _queue.Add(A);

        _queue.TryTake(out var key).ShouldBeTrue();
        key.ShouldBe(A);
        _queue.TryTake(out _).ShouldBeFalse();
    }

    [Fact]
    public void Each_key_counts_once_as_ready_active_or_delayed()
    {
        _queue.Add(A);
        _queue.AddAt(B, _time.GetUtcNow().AddSeconds(1));
        _queue.Figures.ShouldBe(new QueueFigures(Ready: 1, Active: 0, Delayed: 1));

        Take();
        _queue.Add(A);
        _queue.Figures.ShouldBe(new QueueFigures(Ready: 0, Active: 1, Delayed: 1));

        _queue.Retry(A);
        _queue.Figures.ShouldBe(new QueueFigures(Ready: 1, Active: 0, Delayed: 1));
        Take();
        _queue.Done(A);
        _queue.Figures.ShouldBe(new QueueFigures(Ready: 0, Active: 0, Delayed: 1));
    }

    [Fact]
    public void Keys_come_in_the_order_in_which_they_became_dirty()
    {
        _queue.Add(B);
        _queue.Add(A);
        _queue.Add(B);

        Take().ShouldBe(B);
        Take().ShouldBe(A);
    }

    [Fact]
    public void A_key_touched_while_it_is_worked_on_is_worked_on_once_more()
    {
        _queue.Add(A);
        Take();
        _queue.Add(A);
        _queue.Add(A);

        _queue.TryTake(out _).ShouldBeFalse("it must not run twice at once");
        _queue.Done(A);
        Take().ShouldBe(A);
        _queue.Done(A);
        _queue.TryTake(out _).ShouldBeFalse();
    }

    [Fact]
    public void A_failed_key_comes_back_after_its_wait_and_not_before()
    {
        _queue.Add(A);
        Take();
        var next = _queue.Retry(A);

        _queue.TryTake(out _).ShouldBeFalse();
        _time.Advance(next - _time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        _queue.TryTake(out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Take().ShouldBe(A);
    }

    [Fact]
    public void Waits_double_with_every_failure_up_to_the_limit_and_start_again_after_success()
    {
        var waits = new List<double>();
        for (var i = 0; i < 14; i++) waits.Add(Fail());

        for (var i = 0; i < waits.Count; i++)
        {
            var plain = Math.Min(200 * Math.Pow(2, i), 60_000);
            waits[i].ShouldBeInRange(plain * 0.8, plain * 1.2);
        }

        _queue.Add(A);
        Take();
        _queue.Done(A);
        Fail().ShouldBeInRange(160, 240);
    }

    [Fact]
    public void A_change_ends_the_wait_of_a_failed_key_but_not_its_count()
    {
        Fail();
        _queue.Add(A);

        Take().ShouldBe(A);
        _queue.FailuresOf(A).ShouldBe(1);
    }

    [Fact]
    public void Of_several_wake_ups_the_earliest_counts()
    {
        var start = _time.GetUtcNow();
        _queue.AddAt(A, start.AddSeconds(30));
        _queue.AddAt(A, start.AddSeconds(10));
        _queue.AddAt(A, start.AddSeconds(20));

        _queue.NextWake.ShouldBe(start.AddSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        Take().ShouldBe(A);
        _queue.Done(A);
        _time.Advance(TimeSpan.FromMinutes(1));
        _queue.TryTake(out _).ShouldBeFalse("the later ones were forgotten");
    }

    [Fact]
    public void A_wake_up_in_the_past_is_now()
    {
        _queue.AddAt(A, _time.GetUtcNow().AddSeconds(-1));

        Take().ShouldBe(A);
    }

    [Fact]
    public void A_wake_up_that_is_further_away_than_a_timer_can_wait_comes_at_its_time()
    {
        using var real = new WorkQueue(TimeProvider.System, BackOff.Default, seed: 7);
        foreach (var days in (double[])[50, 365_000]) real.AddAt(new WorkKey("Test", (long)days), TimeProvider.System.GetUtcNow().AddDays(days));
        _queue.AddAt(A, _time.GetUtcNow().AddDays(50));
        _queue.AddAt(B, _time.GetUtcNow().AddHours(30));
        _time.NextTimer.ShouldBe(_time.GetUtcNow().AddDays(1), "a timer waits a day at most");

        _time.Advance(TimeSpan.FromHours(30));
        Take().ShouldBe(B);
        _queue.Done(B);
        _time.Advance(TimeSpan.FromDays(50) - TimeSpan.FromHours(30) - TimeSpan.FromMilliseconds(1));
        _queue.Ready.ShouldBe(0);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _queue.Ready.ShouldBe(1);
        Take().ShouldBe(A);
    }

    [Fact]
    public async Task A_waiting_taker_gets_a_delayed_key_when_its_time_comes()
    {
        var taking = _queue.TakeAsync(TestContext.Current.CancellationToken);
        _queue.AddAt(B, _time.GetUtcNow().AddSeconds(5));
        taking.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(5));

        (await taking.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBe(B);
    }

    private WorkKey Take()
    {
        _queue.TryTake(out var key).ShouldBeTrue();
        return key;
    }

    private double Fail()
    {
        _queue.Add(A);
        Take();
        var wait = _queue.Retry(A) - _time.GetUtcNow();
        return wait.TotalMilliseconds;
    }
}
