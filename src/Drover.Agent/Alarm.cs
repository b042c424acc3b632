namespace Drover.Agent;

/// <summary>Rings once at an instant that may be moved. Touched by one thread at a time; rings on any.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private DateTimeOffset? _due;

    public Alarm(TimeProvider time, Action ring)
    {
        _time = time;
        _timer = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets it to the instant; null for never. An instant that has passed rings at once.</summary>
    public void Set(DateTimeOffset? due)
    {
        if (due == _due) return;
        _due = due;
        var wait = due - _time.GetUtcNow();
        _timer.Change(wait is null ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? wait.Value : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets it unless it is set already.</summary>
    public void SetIfUnset(TimeSpan wait)
    {
        if (_due is null) Set(_time.GetUtcNow() + wait);
    }

    /// <summary>It rang: the same instant may be set again.</summary>
    public void Clear() => _due = null;

    public void Dispose() => _timer.Dispose();
}
