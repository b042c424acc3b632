using Drover.Model.Kernel;
using Drover.Store.State;

namespace Drover.Store;

/// <summary>An unchanging view of all live objects at one revision. Taking and reading one locks nothing.</summary>
public sealed class Snapshot
{
    private readonly StateLayout _layout;

    internal Snapshot(long revision, StateLayout layout, FamilyState?[] families)
    {
        Revision = revision;
        _layout = layout;
        Families = families;
    }

    public long Revision { get; }

    internal FamilyState?[] Families { get; }

    /// <summary>The object of a family with this number; null where none lives.</summary>
    public Entry? Find(string family, long id)
        => _layout.PlaceOf(family) is var place and >= 0 ? Families[place]?.Entries.Find(id) : null;

    /// <summary>The object of exactly this kind; null where none lives or it is of another kind of the family.</summary>
    public Entry? Find(Kind kind, long id)
        => Families[_layout.PlaceOf(kind)]?.Entries.Find(id) is { } entry && entry.Kind == kind ? entry : null;

    /// <summary>The object of exactly this kind; null where none lives or it is of another kind of the family.</summary>
    public Entry? Find<T>(long? id)
        where T : Resource
        => id is { } number ? Find(_layout.Catalog.Of<T>(), number) : null;

    /// <summary>What is wanted of the object of this kind; null where none lives.</summary>
    public T? Get<T>(long? id)
        where T : Resource
        => (T?)Find<T>(id)?.Wanted;

    /// <summary>Number of objects of a family.</summary>
    public int Count(string family)
        => _layout.PlaceOf(family) is var place and >= 0 ? Families[place]?.Entries.Count ?? 0 : 0;

    /// <summary>All objects of a kind, by rising number.</summary>
    public IEnumerable<Entry> All<T>()
        where T : Resource
        => All(_layout.Catalog.Of<T>());

    /// <summary>All objects of a kind (of its family for a base kind), by rising number.</summary>
    public IEnumerable<Entry> All(Kind kind, bool family = false) => AllFrom(kind, 0, family);

    /// <summary>The objects of a kind (of its family where asked, or for a base kind) from a number on, by rising number: the page after another.</summary>
    public IEnumerable<Entry> AllFrom(Kind kind, long from, bool family = false)
    {
        if (Families[_layout.PlaceOf(kind)] is not { } state) yield break;
        var at = from;
        while (state.Entries.NextPage(ref at) is { } page)
        {
            for (var i = 0; i < Places<object>.Width; i++)
                if (at + i >= from && page.Items[i] is Entry entry && (family || kind.IsBase || ReferenceEquals(entry.Kind, kind)))
                    yield return entry;
            at += Places<object>.Width;
        }
    }

    /// <summary>The objects of a kind whose indexed field has this value, by rising number.</summary>
    /// <param name="field">Wire name of a field with <see cref="IndexAttribute"/>.</param>
    /// <param name="key">A number or a text, as the property holds it.</param>
    public IEnumerable<Entry> By<T>(string field, object key)
        where T : Resource
        => By(_layout.Catalog.Of<T>(), field, key);

    /// <summary>The objects of a kind whose indexed field has this value, by rising number.</summary>
    /// <param name="kind">A base kind stands for its whole family.</param>
    /// <param name="field">Wire name of a field with <see cref="IndexAttribute"/>.</param>
    /// <param name="key">A number or a text, as the property holds it.</param>
    /// <param name="ignoreCase">True where the letter case of a text does not count.</param>
    /// <param name="family">True for the whole family.</param>
    public IEnumerable<Entry> By(Kind kind, string field, object key, bool ignoreCase = false, bool family = false)
    {
        var (index, place) = _layout.IndexOf(kind, field);
        return Families[_layout.PlaceOf(kind)] is { } state ? index.Under(state.Roots[place], key, state.Entries, family || kind.IsBase ? null : kind, ignoreCase) : [];
    }

    /// <summary>All objects of a kind (of its family for a base kind) in the order of a field: no text first, then texts without regard to letter case, equal ones by number.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="field">Wire name of a field whose index is <see cref="IndexAttribute.Sorted"/>.</param>
    /// <param name="descending">True for the opposite order.</param>
    /// <param name="family">True for the whole family.</param>
    public IEnumerable<Entry> InOrder(Kind kind, string field, bool descending, bool family = false)
    {
        var (index, place) = _layout.IndexOf(kind, field);
        return Families[_layout.PlaceOf(kind)] is { } state ? index.InOrder(state.Roots[place], state.Entries, family || kind.IsBase ? null : kind, descending) : [];
    }

    /// <summary>All objects, family by family; what a snapshot on disk holds.</summary>
    internal IEnumerable<Entry> Everything() => Families.OfType<FamilyState>().SelectMany(family => family.All());
}
