using System.Collections.Immutable;

namespace Drover.DataPlane.Names;

/// <summary>An immutable look-up from a key to the uuids of what carries it. A change costs itself, not the table.</summary>
internal readonly struct LookupTable
{
    private static readonly ImmutableSortedSet<string> None = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<string, ImmutableSortedSet<string>>? _rows;

    private LookupTable(ImmutableDictionary<string, ImmutableSortedSet<string>> rows) => _rows = rows;

    private ImmutableDictionary<string, ImmutableSortedSet<string>> Rows
        => _rows ?? ImmutableDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);

    /// <summary>The uuids under a key, in their own order.</summary>
    public ImmutableSortedSet<string> this[string key] => Rows.GetValueOrDefault(key, None);

    /// <summary>Moves uuids between keys; a uuid whose keys stay the same costs nothing.</summary>
    public LookupTable Moved(IEnumerable<(string Uuid, ImmutableArray<string> Before, ImmutableArray<string> After)> moves)
    {
        var rows = Rows.ToBuilder();
        foreach (var (uuid, before, after) in moves)
        {
            foreach (var key in before.Except(after, StringComparer.Ordinal)) Remove(rows, key, uuid);
            foreach (var key in after.Except(before, StringComparer.Ordinal)) rows[key] = rows.GetValueOrDefault(key, None).Add(uuid);
        }

        return new LookupTable(rows.ToImmutable());
    }

    private static void Remove(ImmutableDictionary<string, ImmutableSortedSet<string>>.Builder rows, string key, string uuid)
    {
        var left = rows.GetValueOrDefault(key, None).Remove(uuid);
        if (left.IsEmpty) rows.Remove(key);
        else rows[key] = left;
    }
}
