using System.Collections.Frozen;
using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Store.State;

/// <summary>Where each family and each declared index stands in the state.</summary>
internal sealed class StateLayout
{
    private readonly FrozenDictionary<string, int> _families;
    private readonly FrozenDictionary<Kind, int> _kinds;

    public StateLayout(Catalog catalog)
    {
        Catalog = catalog;
        var families = catalog.Kinds.GroupBy(kind => kind.Family, StringComparer.Ordinal).OrderBy(family => family.Key, StringComparer.Ordinal).ToArray();
        _families = families.Select((family, at) => KeyValuePair.Create(family.Key, at)).ToFrozenDictionary(StringComparer.Ordinal);
        _kinds = catalog.Kinds.ToFrozenDictionary(kind => kind, kind => _families[kind.Family]);
        Indexes = [.. families.Select(family => IndexesOf([.. family]))];
    }

    public Catalog Catalog { get; }

    /// <summary>The indexes of each family.</summary>
    public ImmutableArray<ImmutableArray<FieldIndex>> Indexes { get; }

    public int FamilyCount => Indexes.Length;

    /// <summary>The place of a family; -1 for a name that none has.</summary>
    public int PlaceOf(string family) => _families.TryGetValue(family, out var place) ? place : -1;

    public int PlaceOf(Kind kind) => _kinds[kind];

    /// <summary>The index of a field and its place within its family. Throws where the field has none.</summary>
    public (FieldIndex Index, int Place) IndexOf(Kind kind, string field)
    {
        var indexes = Indexes[PlaceOf(kind)];
        for (var i = 0; i < indexes.Length; i++)
            if (indexes[i].Field == field && kind[field].IsIndexed)
                return (indexes[i], i);
        throw new ArgumentException($"{kind.Name}.{field} has no index", nameof(field));
    }

    private static ImmutableArray<FieldIndex> IndexesOf(ImmutableArray<Kind> kinds)
    {
        var indexes = new SortedDictionary<string, FieldIndex>(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            foreach (var field in kind.Fields.Where(field => field.IsIndexed))
            {
                if (!indexes.TryGetValue(field.Name, out var index)) indexes[field.Name] = index = FieldIndex.Of(field);
                index.Learn(kind, field);
            }
        }

        return [.. indexes.Values];
    }
}
