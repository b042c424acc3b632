using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Store;

/// <summary>All live state: snapshots for readers, one line of writers, commits that are durable before anyone sees them.</summary>
public sealed class ResourceStore(Catalog catalog, TimeProvider time, Func<Guid> newUuid)
{
    private readonly Lock _writing = new();
    private readonly Dictionary<string, long> _lastId = [];
    private ImmutableArray<Action<Commit>> _watchers = [];

    /// <summary>The newest durable state.</summary>
    public Snapshot Current { get; private set; } = new(
        0,
        catalog,
        ImmutableDictionary<string, ImmutableSortedDictionary<long, Entry>>.Empty,
        ImmutableDictionary<(string, object), ImmutableSortedSet<long>>.Empty);

    /// <summary>Runs a write against the newest state and returns once it is durable and published. What the body throws comes out and nothing is written.</summary>
    public Task<T> WriteAsync<T>(Func<WriteTx, T> body, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (_writing)
        {
            var tx = new MemoryTx(this, Current);
            var result = body(tx);
            if (tx.Changes is { Length: > 0 } changes)
            {
                Current = tx.View;
                foreach (var watcher in _watchers) watcher(new Commit(Current.Revision, changes));
            }

            return Task.FromResult(result);
        }
    }

    /// <summary>Runs a write that returns nothing.</summary>
    public Task WriteAsync(Action<WriteTx> body, CancellationToken cancel = default)
        => WriteAsync(tx => { body(tx); return true; }, cancel);

    /// <summary>Snapshot and subscription in one: every commit after the snapshot reaches the watcher, in order, once. The watcher must be quick and must not write.</summary>
    public (Snapshot Snapshot, IDisposable Subscription) Watch(Action<Commit> watcher)
    {
        lock (_writing)
        {
            _watchers = _watchers.Add(watcher);
            return (Current, new Subscription(() => { lock (_writing) _watchers = _watchers.Remove(watcher); }));
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class MemoryTx(ResourceStore store, Snapshot start) : WriteTx
    {
        private readonly Snapshot _from = start;

        private readonly Dictionary<(string, long), Change> _changes = [];

        public override DateTimeOffset Now { get; } = store.Time.GetUtcNow();

        public override Snapshot View => Pending;

        private Snapshot Pending { get; set; } = start;

        public ImmutableArray<Change> Changes => [.. _changes.Values];

        private long Revision => _from.Revision + 1;

        public override long NextId(string family)
        {
            store._lastId.TryGetValue(family, out var last);
            return store._lastId[family] = last + 1;
        }

        public override T Create<T>(T resource, Seen? seen = null)
        {
            var kind = store.Catalog.Of(resource);
            var created = (T)(resource with
            {
                Id = resource.Id == 0 ? NextId(kind.Family) : resource.Id,
                Uuid = resource.Uuid ?? store.NewUuid().ToString(),
                Created = resource.Created ?? Now,
                Generation = 1,
                State = resource.State ?? kind.Lifecycle?.Ask("create", "requested")?.Through,
            });
            Set(new Entry(kind, created, seen ?? kind.NewSeen(), Revision, Revision));
            return created;
        }

        public override void Put(Resource wanted)
        {
            var entry = Existing(store.Catalog.Of(wanted).Family, wanted.Id);
            Set(entry with { Wanted = wanted, WantedRevision = Revision });
        }

        public override void PutSeen(string family, long id, Seen seen)
        {
            var entry = Existing(family, id);
            if (!entry.Seen.Equals(seen)) Set(entry with { Seen = seen, SeenRevision = Revision });
        }

        public override void Bury(string family, long id)
        {
            var entry = Existing(family, id);
            Record((family, id), null);
            Pending = Pending.Without(Revision, entry);
        }

        private Entry Existing(string family, long id)
            => Pending.Find(family, id) ?? throw new ConflictException($"{family} {id} is gone");

        private void Set(Entry entry)
        {
            Record((entry.Kind.Family, entry.Id), entry);
            Pending = Pending.With(Revision, entry);
        }

        private void Record((string, long) key, Entry? after)
        {
            var before = _changes.TryGetValue(key, out var earlier) ? earlier.Before : _from.Find(key.Item1, key.Item2);
            _changes[key] = new Change(before, after);
        }
    }

    private Catalog Catalog { get; } = catalog;
    private TimeProvider Time { get; } = time;
    private Func<Guid> NewUuid { get; } = newUuid;
}
