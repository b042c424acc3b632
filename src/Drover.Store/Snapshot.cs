using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Store;

/// <summary>An unchanging view of all live objects at one revision. Taking and reading one locks nothing.</summary>
public sealed class Snapshot
{
    private readonly Catalog _catalog;
    private readonly ImmutableDictionary<string, ImmutableSortedDictionary<long, Entry>> _families;
    private readonly ImmutableDictionary<(string Field, object Key), ImmutableSortedSet<long>> _indexes;

    internal Snapshot(
        long revision,
        Catalog catalog,
        ImmutableDictionary<string, ImmutableSortedDictionary<long, Entry>> families,
        ImmutableDictionary<(string Field, object Key), ImmutableSortedSet<long>> indexes)
    {
        Revision = revision;
        _catalog = catalog;
        _families = families;
        _indexes = indexes;
    }

    public long Revision { get; }

    /// <summary>The object of a family with this number; null where none lives.</summary>
    public Entry? Find(string family, long id)
        => _families.TryGetValue(family, out var table) && table.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>The object of exactly this kind; null where none lives or it is of another kind of the family.</summary>
    public Entry? Find<T>(long? id)
        where T : Resource
        => id is { } number && Find(_catalog.Of<T>().Family, number) is { Wanted: T } entry ? entry : null;

    /// <summary>What is wanted of the object of this kind; null where none lives.</summary>
    public T? Get<T>(long? id)
        where T : Resource
        => (T?)Find<T>(id)?.Wanted;

    /// <summary>All objects of a kind, by rising number.</summary>
    public IEnumerable<Entry> All<T>()
        where T : Resource
        => All(_catalog.Of<T>());

    /// <summary>All objects of a kind, by rising number.</summary>
    public IEnumerable<Entry> All(Kind kind)
        => _families.TryGetValue(kind.Family, out var table) ? table.Values.Where(e => e.Kind == kind) : [];

    /// <summary>The objects of a kind whose indexed field has this value, by rising number.</summary>
    /// <param name="field">Wire name of a field with <see cref="IndexAttribute"/>.</param>
    /// <param name="key">A number or a text, as the property holds it.</param>
    public IEnumerable<Entry> By<T>(string field, object key)
        where T : Resource
        => By(_catalog.Of<T>(), field, key);

    /// <summary>The objects of a kind whose indexed field has this value, by rising number.</summary>
    public IEnumerable<Entry> By(Kind kind, string field, object key)
    {
        if (!kind[field].IsIndexed) throw new ArgumentException($"{kind.Name}.{field} has no index", nameof(field));
        if (!_indexes.TryGetValue(($"{kind.Family}.{field}", key), out var ids)) yield break;
        foreach (var id in ids)
            if (Find(kind.Family, id) is { } entry && entry.Kind == kind)
                yield return entry;
    }

    internal Snapshot With(long revision, Entry entry)
    {
        var family = entry.Kind.Family;
        var table = _families.GetValueOrDefault(family, ImmutableSortedDictionary<long, Entry>.Empty);
        var indexes = Reindex(_indexes, table.GetValueOrDefault(entry.Id), entry);
        return new Snapshot(revision, _catalog, _families.SetItem(family, table.SetItem(entry.Id, entry)), indexes);
    }

    internal Snapshot Without(long revision, Entry entry)
    {
        var family = entry.Kind.Family;
        return new Snapshot(revision, _catalog, _families.SetItem(family, _families[family].Remove(entry.Id)), Reindex(_indexes, entry, null));
    }

    private static ImmutableDictionary<(string, object), ImmutableSortedSet<long>> Reindex(
        ImmutableDictionary<(string, object), ImmutableSortedSet<long>> indexes, Entry? before, Entry? after)
    {
        foreach (var field in (after ?? before)!.Kind.Fields.Where(f => f.IsIndexed))
        {
            var (old, now) = (before?.Value(field), after?.Value(field));
            if (Equals(old, now)) continue;
            var name = $"{(after ?? before)!.Kind.Family}.{field.Name}";
            if (old is not null) indexes = indexes.SetItem((name, old), indexes[(name, old)].Remove(before!.Id));
            if (now is not null) indexes = indexes.SetItem((name, now), indexes.GetValueOrDefault((name, now), []).Add(after!.Id));
        }

        return indexes;
    }
}
