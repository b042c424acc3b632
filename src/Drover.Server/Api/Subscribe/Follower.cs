using Drover.Model.Kernel;

namespace Drover.Server.Api.Subscribe;

/// <summary>A message and the object that it tells of, as it was when it changed; null for messages that tell of none.</summary>
public readonly record struct Told(Entry? Entry, ReadOnlyMemory<byte> Message);

/// <summary>One reader of changes: holds the newest message of each changed object until it is read. A slow reader is late, not cut off.</summary>
public sealed class Follower(Action<Follower> leave) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<(string Family, long Id), Told> _waiting = [];
    private readonly Queue<Told> _taken = [];
    private TaskCompletionSource? _idle;
    private bool _left;
    private bool _doubted;
    private bool _due;

    /// <summary>Puts a message in the place of an older one of the same object.</summary>
    public void Offer((string Family, long Id) key, Told told)
    {
        lock (_lock)
        {
            if (_left) return;
            _waiting[key] = told;
            Wake();
        }
    }

    /// <summary>Wakes the reader because what it may read may have changed.</summary>
    public void Doubt()
    {
        lock (_lock)
        {
            _doubted = true;
            Wake();
        }
    }

    /// <summary>Wakes the reader because it is time for a ping, or because its connection is gone.</summary>
    public void Beat()
    {
        lock (_lock)
        {
            _due = true;
            Wake();
        }
    }

    /// <summary>Waits until something happens. There is no timer for each wait: with a thousand readers those cost more than the messages.</summary>
    /// <returns>Whether there was a <see cref="Doubt"/> and a <see cref="Beat"/> since the last call.</returns>
    public async ValueTask<(bool IsDoubted, bool IsDue)> WaitAsync()
    {
        Task? idle = null;
        lock (_lock)
            if (_waiting.Count == 0 && _taken.Count == 0 && !_doubted && !_due)
                idle = (_idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        if (idle is not null) await idle;
        lock (_lock)
        {
            var (isDoubted, isDue) = (_doubted, _due);
            (_doubted, _due) = (false, false);
            return (isDoubted, isDue);
        }
    }

    /// <summary>The next message, oldest object first; null where none waits. Those behind it wait on, so that what is doubted meanwhile is heard before them.</summary>
    public Told? Take()
    {
        lock (_lock)
        {
            if (_taken.Count == 0)
            {
                foreach (var told in _waiting.Values) _taken.Enqueue(told);
                _waiting.Clear();
            }

            return _taken.TryDequeue(out var next) ? next : null;
        }
    }

    /// <summary>All that waits, oldest object first.</summary>
    public IReadOnlyCollection<Told> TakeAll()
    {
        lock (_lock)
        {
            Told[] taken = [.. _taken, .. _waiting.Values];
            _taken.Clear();
            _waiting.Clear();
            return taken;
        }
    }

    public void Dispose()
    {
        leave(this);
        lock (_lock) _left = true;
    }

    private void Wake()
    {
        _idle?.TrySetResult();
        _idle = null;
    }
}
