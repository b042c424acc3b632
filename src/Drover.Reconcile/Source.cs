using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Reconcile;

/// <summary>A kind that a reconciler reads, and which of its keys a change of such an object touches.</summary>
public sealed class Source
{
    private readonly Func<Change, Snapshot, IEnumerable<long>> _keys;
    private readonly bool _isFamily;

    private Source(Type kind, bool isOwn, Func<Change, Snapshot, IEnumerable<long>> keys, bool isFamily = false)
    {
        Kind = kind;
        IsOwn = isOwn;
        _isFamily = isFamily;
        _keys = keys;
    }

    /// <summary>The record type of the kind.</summary>
    public Type Kind { get; }

    /// <summary>True for the reconciler's own objects.</summary>
    public bool IsOwn { get; }

    /// <summary>The reconciler's own objects: a change of what is wanted touches the object's own key. Their status wakes nobody, as the reconciler writes it.</summary>
    public static Source Own<T>()
        where T : Resource
        => new(typeof(T), isOwn: true, (change, _) => change.Before?.WantedRevision != change.After?.WantedRevision ? [change.Entry.Id] : []);

    /// <summary>Objects that refer to a key: both the old and the new reference are touched.</summary>
    public static Source Of<T>(Func<T, long?> reference)
        where T : Resource
        => new(typeof(T), isOwn: false, (change, _) => Both(change, reference));

    /// <summary>Objects whose changes touch keys that are looked up, through indexes, in the state after the change.</summary>
    public static Source Of<T>(Func<Change, Snapshot, IEnumerable<long>> keys)
        where T : Resource
        => new(typeof(T), isOwn: false, keys);

    /// <summary>The same for a kind and all kinds that extend it.</summary>
    public static Source OfFamily<T>(Func<Change, Snapshot, IEnumerable<long>> keys)
        where T : Resource
        => new(typeof(T), isOwn: false, keys, isFamily: true);

    /// <summary>True for changes of objects of this record type.</summary>
    public bool Covers(Type record) => _isFamily ? Kind.IsAssignableFrom(record) : Kind == record;

    /// <summary>The keys that a change touches; none for a change of another kind.</summary>
    public IEnumerable<long> KeysOf(Change change, Snapshot after)
        => Covers(change.Entry.Kind.ClrType) ? _keys(change, after) : [];

    /// <summary>The keys that exist at start.</summary>
    internal IEnumerable<long> AllKeys(Snapshot snapshot, Catalog catalog)
        => IsOwn ? snapshot.All(catalog.Of(Kind)).Select(entry => entry.Id) : [];

    private static IEnumerable<long> Both<T>(Change change, Func<T, long?> reference)
        where T : Resource
    {
        var before = change.Before is { } old ? reference((T)old.Wanted) : null;
        var after = change.After is { } now ? reference((T)now.Wanted) : null;
        if (before is { } left) yield return left;
        if (after is { } right && right != before) yield return right;
    }
}
