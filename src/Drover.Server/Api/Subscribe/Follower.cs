using Drover.Model.Kernel;

namespace Drover.Server.Api.Subscribe;

/// <summary>A message and the object that it tells of, as it was when it changed; null for messages that tell of none.</summary>
public readonly record struct Told(Entry? Entry, ReadOnlyMemory<byte> Message);

/// <summary>One reader of changes: holds the newest message of each changed object until it is read. A slow reader is late, not cut off.</summary>
public sealed class Follower(Action<Follower> leave) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _some = new(0, 1);
    private OrderedDictionary<(string Family, long Id), Told> _waiting = [];
    private bool _left;
    private bool _doubted;

    /// <summary>Puts a message in the place of an older one of the same object.</summary>
    public void Offer((string Family, long Id) key, Told told)
    {
        lock (_lock)
        {
            if (_left) return;
            _waiting[key] = told;
            if (_some.CurrentCount == 0) _some.Release();
        }
    }

    /// <summary>Wakes the reader because what it may read may have changed.</summary>
    public void Doubt()
    {
        lock (_lock)
        {
            if (_left) return;
            _doubted = true;
            if (_some.CurrentCount == 0) _some.Release();
        }
    }

    /// <summary>True once after <see cref="Doubt"/>.</summary>
    public bool TakeDoubt()
    {
        lock (_lock)
        {
            var doubted = _doubted;
            _doubted = false;
            return doubted;
        }
    }

    /// <summary>All that waits, oldest object first; empty after the time.</summary>
    public async Task<IReadOnlyCollection<Told>> TakeAsync(TimeSpan atMost, CancellationToken cancel)
    {
        await _some.WaitAsync(atMost, cancel);
        return Take();
    }

    /// <summary>All that waits, oldest object first.</summary>
    public IReadOnlyCollection<Told> Take()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            return taken.Values;
        }
    }

    public void Dispose()
    {
        leave(this);
        lock (_lock) _left = true;
        _some.Dispose();
    }
}
