using System.Collections.Immutable;

namespace Drover.Store.Commits;

/// <summary>Shows durable state: the newest snapshot to readers, every commit to watchers.</summary>
internal sealed class Publisher(Snapshot start, Action<Exception>? onDefect)
{
    private readonly Lock _lock = new();
    private ImmutableArray<Action<Commit>> _watchers = [];
    private Snapshot _current = start;

    public Snapshot Current => Volatile.Read(ref _current);

    public (Snapshot Snapshot, IDisposable Subscription) Watch(Action<Commit> watcher)
    {
        lock (_lock)
        {
            _watchers = _watchers.Add(watcher);
            return (_current, new Subscription(() => { lock (_lock) _watchers = _watchers.Remove(watcher); }));
        }
    }

    public void Publish(Snapshot snapshot, IEnumerable<PendingCommit> commits)
    {
        lock (_lock)
        {
            Volatile.Write(ref _current, snapshot);
            if (_watchers.IsEmpty) return;
            foreach (var commit in commits)
            {
                var published = commit.Published;
                foreach (var watcher in _watchers) Tell(watcher, published);
            }
        }
    }

    private void Tell(Action<Commit> watcher, Commit commit)
    {
        try
        {
            watcher(commit);
        }
#pragma warning disable CA1031 // One watcher's defect must not keep a durable commit from the others.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            onDefect?.Invoke(defect);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
