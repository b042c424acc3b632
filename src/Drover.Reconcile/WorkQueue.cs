namespace Drover.Reconcile;

/// <summary>
/// Dirty keys waiting for work. A key waits at most once, is never worked on twice at once, and one that is touched
/// while it is worked on is worked on once more. Safe for many threads.
/// </summary>
public sealed class WorkQueue : IDisposable
{
    /// <summary>The longest that the timer is set to, far below what any timer can wait; then it is set anew.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Queue<WorkKey> _ready = new();
    private readonly Dictionary<WorkKey, KeyState> _keys = [];
    private readonly PriorityQueue<WorkKey, DateTimeOffset> _later = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly TimeProvider _time;
    private readonly BackOff _backOff;
    private readonly Random _random;
    private readonly ITimer _timer;
    private DateTimeOffset _timerAt = DateTimeOffset.MaxValue;
    private int _taken;

    /// <param name="time">Times delayed wake-ups.</param>
    /// <param name="backOff">The waits after failures.</param>
    /// <param name="seed">Seeds the jitter.</param>
    public WorkQueue(TimeProvider time, BackOff backOff, int seed)
    {
        _time = time;
        _backOff = backOff;
        _random = new Random(seed);
        _timer = time.CreateTimer(_ => ReleaseDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keys that can be worked on now.</summary>
    public int Ready
    {
        get { lock (_lock) return _ready.Count; }
    }

    /// <summary>What it holds now.</summary>
    public QueueFigures Figures
    {
        get { lock (_lock) return new QueueFigures(_ready.Count, _taken, _keys.Count - _ready.Count - _taken); }
    }

    /// <summary>When the next delayed key becomes ready; null where none waits.</summary>
    public DateTimeOffset? NextWake
    {
        get { lock (_lock) return NextDue(); }
    }

    /// <summary>Marks a key dirty.</summary>
    public void Add(WorkKey key)
    {
        lock (_lock) MarkDirty(key);
    }

    /// <summary>Marks a key dirty at a time. Of several wake-ups of one key the earliest counts; a run of the key forgets it.</summary>
    public void AddAt(WorkKey key, DateTimeOffset when)
    {
        lock (_lock)
        {
            if (when <= _time.GetUtcNow())
            {
                MarkDirty(key);
                return;
            }

            var state = StateOf(key);
            if (state.WakeAt is { } earlier && earlier <= when) return;
            state.WakeAt = when;
            _later.Enqueue(key, when);
            Arm();
        }
    }

    /// <summary>Takes a ready key, if there is one, and marks it as worked on until <see cref="Done"/> or <see cref="Retry"/>.</summary>
    public bool TryTake(out WorkKey key)
    {
        ReleaseDue();
        if (!_available.Wait(0))
        {
            key = default;
            return false;
        }

        key = Take();
        return true;
    }

    /// <summary>Waits for a ready key and takes it.</summary>
    public async Task<WorkKey> TakeAsync(CancellationToken cancel)
    {
        await _available.WaitAsync(cancel).ConfigureAwait(false);
        return Take();
    }

    /// <summary>The work on a taken key went well: its failures are forgotten.</summary>
    public void Done(WorkKey key)
    {
        lock (_lock)
        {
            var state = _keys[key];
            state.Failures = 0;
            Finish(key, state);
        }
    }

    /// <summary>The work on a taken key failed: it is tried again after its back-off. Returns when.</summary>
    public DateTimeOffset Retry(WorkKey key)
    {
        lock (_lock)
        {
            var state = _keys[key];
            state.Failures++;
            var next = _time.GetUtcNow() + _backOff.Wait(state.Failures, _random);
            state.WakeAt = next;
            _later.Enqueue(key, next);
            Finish(key, state);
            Arm();
            return next;
        }
    }

    /// <summary>Failures in a row of a key.</summary>
    public int FailuresOf(WorkKey key)
    {
        lock (_lock) return _keys.TryGetValue(key, out var state) ? state.Failures : 0;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _available.Dispose();
    }

    private WorkKey Take()
    {
        lock (_lock)
        {
            var key = _ready.Dequeue();
            var state = _keys[key];
            state.Dirty = false;
            state.Taken = true;
            _taken++;
            state.WakeAt = null;
            return key;
        }
    }

    private void Finish(WorkKey key, KeyState state)
    {
        state.Taken = false;
        _taken--;
        if (state.Dirty) MakeReady(key);
        else if (state is { Failures: 0, WakeAt: null }) _keys.Remove(key);
    }

    private void MarkDirty(WorkKey key)
    {
        var state = StateOf(key);
        if (state.Dirty) return;
        state.Dirty = true;
        if (!state.Taken) MakeReady(key);
    }

    private void MakeReady(WorkKey key)
    {
        _ready.Enqueue(key);
        _available.Release();
    }

    private void ReleaseDue()
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            while (NextDue() is { } due && due <= now)
            {
                var key = _later.Dequeue();
                _keys[key].WakeAt = null;
                MarkDirty(key);
            }

            _timerAt = DateTimeOffset.MaxValue;
            Arm();
        }
    }

    // Entries whose key was given another wake-up, or ran meanwhile, are dropped when they come up.
    private DateTimeOffset? NextDue()
    {
        while (_later.TryPeek(out var key, out var when))
        {
            if (_keys.TryGetValue(key, out var state) && state.WakeAt == when) return when;
            _later.Dequeue();
        }

        return null;
    }

    private void Arm()
    {
        if (NextDue() is not { } due || due >= _timerAt) return;
        var now = _time.GetUtcNow();
        var wait = TimeSpan.FromTicks(Math.Clamp((due - now).Ticks, 0, LongestWait.Ticks));
        _timerAt = now + wait;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private KeyState StateOf(WorkKey key)
    {
        if (!_keys.TryGetValue(key, out var state)) _keys[key] = state = new KeyState();
        return state;
    }

    private sealed class KeyState
    {
        public bool Dirty { get; set; }
        public bool Taken { get; set; }
        public int Failures { get; set; }
        public DateTimeOffset? WakeAt { get; set; }
    }
}
