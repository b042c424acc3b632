namespace Drover.Server.Tests.Api.Subscribe;

/// <summary>The system's clock, on which one span passes in no time worth mentioning.</summary>
internal sealed class HurriedTime(TimeSpan hurried) : TimeProvider
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => new Timer(base.CreateTimer(callback, state, Of(dueTime), period), this);

    private TimeSpan Of(TimeSpan dueTime) => dueTime == hurried ? Moment : dueTime;

    private sealed class Timer(ITimer timer, HurriedTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Of(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
