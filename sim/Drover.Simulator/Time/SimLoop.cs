namespace Drover.Simulator.Time;

/// <summary>
/// Runs asynchronous code on one thread and a <see cref="SimClock"/>: what was posted first runs first, and the clock moves only when
/// nothing is left to run. The same code with the same seed does the same things in the same order.
/// </summary>
public sealed class SimLoop(SimClock clock) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly Lock _lock = new();
    private int _thread;
    private string? _stray;

    public SimClock Clock => clock;

    /// <summary>Pieces of code run so far: a number to stop at, the same in every run with the same seed.</summary>
    public long Ran { get; private set; }

    /// <summary>True where code that went on on another thread is a fault: what it does is in no order.</summary>
    public bool Strict { get; init; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            _queue.Enqueue((d, state));
            if (Strict && _thread != 0 && _thread != Environment.CurrentManagedThreadId) _stray ??= Environment.StackTrace;
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs all there is to run at this instant, then moves the clock, until the condition holds. Throws <see cref="TimeoutException"/> where it does not within the time, naming what was waited for.</summary>
    public void Until(Func<bool> condition, string what, TimeSpan? within = null)
    {
        var limit = clock.GetUtcNow() + (within ?? TimeSpan.FromMinutes(2));
        Inside(() =>
        {
            while (true)
            {
                RunQueued();
                if (condition()) return;
                if (!RunOne() && !clock.RingNext(limit)) throw new TimeoutException($"{what}: not by {clock.GetUtcNow():O}");
            }
        });
    }

    /// <summary>Runs until so many pieces of code were run in all, or nothing is left to run within the time; false then.</summary>
    public bool UntilRan(long ran, TimeSpan within)
    {
        var limit = clock.GetUtcNow() + within;
        var reached = false;
        Inside(() =>
        {
            do
            {
                while (Ran < ran && RunOne())
                {
                    // on to the next
                }
            }
            while (Ran < ran && clock.RingNext(limit));
            reached = Ran >= ran;
        });
        return reached;
    }

    /// <summary>Lets the time pass and runs what falls due in it.</summary>
    public void For(TimeSpan time)
    {
        var limit = clock.GetUtcNow() + time;
        Inside(() =>
        {
            do RunQueued();
            while (clock.RingNext(limit));
            RunQueued();
        });
    }

    /// <summary>Starts something on this loop; it goes on whenever the loop runs.</summary>
    public T Start<T>(Func<T> start)
    {
        T result = default!;
        Inside(() => result = start());
        return result;
    }

    /// <summary>Runs until the task is done and returns its result or throws its error.</summary>
    public T Finish<T>(Func<Task<T>> start, TimeSpan? within = null)
    {
        var task = Start(start);
        Until(() => task.IsCompleted, "The task ends", within);
        return task.GetAwaiter().GetResult();
    }

    private void RunQueued()
    {
        while (RunOne())
        {
            // on to the next
        }
    }

    private bool RunOne()
    {
        (SendOrPostCallback Callback, object? State) next;
        lock (_lock)
        {
            if (_stray is not null) throw new InvalidOperationException($"Something went on outside the loop: {_stray}");
            if (!_queue.TryDequeue(out next)) return false;
        }

        Ran++;
        next.Callback(next.State);
        return true;
    }

    private void Inside(Action act)
    {
        var before = Current;
        SetSynchronizationContext(this);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            act();
        }
        finally
        {
            SetSynchronizationContext(before);
            _thread = 0;
        }
    }
}
