using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Reconcile;

/// <summary>Turns commits into dirty keys.</summary>
internal sealed class Informer(ResourceStore store, Catalog catalog, WorkQueue queue, IReadOnlyList<Reconciler> reconcilers) : IDisposable
{
    private readonly Dictionary<Type, List<(Reconciler Reconciler, Source Source)>> _byKind = reconcilers
        .SelectMany(r => r.Reads.Select(source => (Reconciler: r, Source: source)))
        .SelectMany(x => catalog.Kinds.Where(kind => x.Source.Covers(kind.ClrType)).Select(kind => (kind.ClrType, x.Reconciler, x.Source)))
        .GroupBy(x => x.ClrType, x => (x.Reconciler, x.Source))
        .ToDictionary(g => g.Key, g => g.ToList());

    private IDisposable? _subscription;

    /// <summary>Subscribes, then marks every key that exists: nothing in between is missed.</summary>
    public void Start()
    {
        (var snapshot, _subscription) = store.Watch(Map);
        foreach (var reconciler in reconcilers)
            foreach (var key in reconciler.Reads.SelectMany(s => s.AllKeys(snapshot, catalog)).Concat(reconciler.KeysAtStart(snapshot)))
                queue.Add(new WorkKey(reconciler.Name, key));
    }

    public void Dispose() => _subscription?.Dispose();

    private void Map(Commit commit)
    {
        var after = store.Current;
        foreach (var change in commit.Changes)
            if (_byKind.TryGetValue(change.Entry.Kind.ClrType, out var readers))
                foreach (var (reconciler, source) in readers)
                    foreach (var key in source.KeysOf(change, after))
                        queue.Add(new WorkKey(reconciler.Name, key));
    }
}
