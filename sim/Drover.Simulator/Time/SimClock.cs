namespace Drover.Simulator.Time;

/// <summary>A clock that stands still until it is told to go on. Timers ring in the order of their time, on the thread that moves the clock.</summary>
public sealed class SimClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<SimTimer, (long Ticks, long Order)> _timers = new();
    private DateTimeOffset _now = start;
    private long _order;

    public SimClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next timer and rings it; false where there is none up to the limit, and then the clock stands at the limit.</summary>
    public bool RingNext(DateTimeOffset limit)
    {
        SimTimer? next;
        lock (_lock)
        {
            while (_timers.TryPeek(out next, out var due) && next.IsStale(due)) _timers.Dequeue();
            if (next is null || next.Due > limit)
            {
                if (limit > _now && limit != DateTimeOffset.MaxValue) _now = limit;
                return false;
            }

            _timers.Dequeue();
            if (next.Due > _now) _now = next.Due;
            next.Rearm(_now);
        }

        next.Ring();
        return true;
    }

    private sealed class SimTimer(SimClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private (long Ticks, long Order) _place;

        public DateTimeOffset Due => new(_place.Ticks, TimeSpan.Zero);

        public bool IsStale((long Ticks, long Order) place) => place != _place;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) _place = default;
                else Set(clock._now + dueTime);
            }

            return true;
        }

        public void Rearm(DateTimeOffset now)
        {
            if (_period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero) _place = default;
            else Set(now + _period);
        }

        public void Ring() => callback(state);

        public void Dispose()
        {
            lock (clock._lock) _place = default;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Set(DateTimeOffset due)
        {
            _place = (due.UtcTicks, ++clock._order);
            clock._timers.Enqueue(this, _place);
        }
    }
}
