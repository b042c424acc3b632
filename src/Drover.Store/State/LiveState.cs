using Drover.Model.Kernel;

namespace Drover.Store.State;

/// <summary>The objects of one family and the roots of its indexes.</summary>
internal sealed class FamilyState(long edit, int indexes)
{
    public PagedArray<Entry> Entries;

    public long Edit { get; } = edit;

    public object?[] Roots { get; } = new object?[indexes];

    /// <summary>All objects, by rising number.</summary>
    public IEnumerable<Entry> All()
    {
        long at = 0;
        while (Entries.NextPage(ref at) is { } page)
        {
            for (var i = 0; i < Places<object>.Width; i++)
                if (page.Items[i] is Entry entry)
                    yield return entry;
            at += Places<object>.Width;
        }
    }

    public FamilyState OwnedBy(long edit)
    {
        if (Edit == edit) return this;
        var copy = new FamilyState(edit, Roots.Length) { Entries = Entries };
        Roots.CopyTo(copy.Roots, 0);
        return copy;
    }
}

/// <summary>The state that the next commit is built on. One thread changes it; what it froze never changes again.</summary>
internal sealed class LiveState
{
    private readonly StateLayout _layout;
    private FamilyState?[] _families;
    private bool _frozen;
    private long _edit = 1;

    public LiveState(StateLayout layout)
    {
        _layout = layout;
        _families = new FamilyState?[layout.FamilyCount];
    }

    public Entry? Find(string family, long id)
        => _layout.PlaceOf(family) is var place and >= 0 ? _families[place]?.Entries.Find(id) : null;

    /// <summary>Adds an object or replaces the one with its number.</summary>
    public void Set(Entry entry)
    {
        var family = Own(_layout.PlaceOf(entry.Kind));
        var before = family.Entries.Find(entry.Id);
        family.Entries = family.Entries.With(entry.Id, entry, _edit);
        Reindex(family, before, entry);
    }

    /// <summary>Takes in many objects that are not there yet: each index is sorted once, instead of searched for each of them.</summary>
    public void Fill(IEnumerable<Entry> entries)
    {
        foreach (var entry in entries)
        {
            var family = Own(_layout.PlaceOf(entry.Kind));
            family.Entries = family.Entries.With(entry.Id, entry, _edit);
        }

        var indexes = from place in Enumerable.Range(0, _families.Length)
                      where _families[place] is not null
                      from at in Enumerable.Range(0, _layout.Indexes[place].Length)
                      select (Family: _families[place]!, At: at, Index: _layout.Indexes[place][at]);
        Parallel.ForEach(
            indexes.ToList(),
            item => item.Family.Roots[item.At] = item.Index.Build(item.Family.All(), item.Family.Entries.Count, _edit));
    }

    public void Remove(string name, long id)
    {
        if (Find(name, id) is not { } before) return;
        var family = Own(_layout.PlaceOf(name));
        family.Entries = family.Entries.Without(id, _edit);
        Reindex(family, before, null);
    }

    /// <summary>The state as it is now, as a snapshot. Costs nothing but copies of what is changed afterwards.</summary>
    public Snapshot Freeze(long revision)
    {
        _frozen = true;
        _edit++;
        return new Snapshot(revision, _layout, _families);
    }

    /// <summary>Goes back to a snapshot.</summary>
    public void Return(Snapshot snapshot)
    {
        _families = snapshot.Families;
        _frozen = true;
        _edit++;
    }

    private FamilyState Own(int place)
    {
        if (_frozen)
        {
            _families = [.. _families];
            _frozen = false;
        }

        return _families[place] = _families[place]?.OwnedBy(_edit) ?? new FamilyState(_edit, _layout.Indexes[place].Length);
    }

    private void Reindex(FamilyState family, Entry? before, Entry? after)
    {
        var kind = (after ?? before)!.Kind;
        if (before is not null && after is not null && !ReferenceEquals(before.Kind, kind)) throw new InvalidOperationException($"{before.Kind.Name} {before.Id} cannot become a {kind.Name}");
        var indexes = _layout.Indexes[_layout.PlaceOf(kind)];
        for (var i = 0; i < indexes.Length; i++)
            if (indexes[i].Covers(kind))
                family.Roots[i] = indexes[i].Update(family.Roots[i], before, after, _edit);
    }
}
