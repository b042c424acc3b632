namespace Drover.Agent;

/// <summary>Gives memory back to the host when the agent rests: after much work the runtime keeps room for more of it, which the containers can use better.</summary>
public sealed class MemoryTrim : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Less than this is allocated between two looks of an agent at rest.</summary>
    private const long Restful = 8L << 20;

    /// <summary>After less than this there is nothing to gain.</summary>
    private const long Worthwhile = 32L << 20;

    private readonly Func<long> _allocated;
    private readonly Action _trim;
    private readonly ITimer _timer;
    private long _seen;
    private long _trimmed;

    /// <param name="time">Paces the looks.</param>
    /// <param name="allocated">All bytes that were allocated so far.</param>
    /// <param name="trim">Gives back what is free.</param>
    public MemoryTrim(TimeProvider time, Func<long> allocated, Action trim)
    {
        (_allocated, _trim) = (allocated, trim);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Of this process.</summary>
    public static MemoryTrim OfProcess(TimeProvider time) => new(
        time, () => GC.GetTotalAllocatedBytes(), () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var allocated = _allocated();
        var rests = allocated - _seen < Restful;
        _seen = allocated;
        if (!rests || allocated - _trimmed < Worthwhile) return;
        _trimmed = allocated;
        _trim();
    }
}
