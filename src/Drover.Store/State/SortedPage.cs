namespace Drover.Store.State;

/// <summary>A key and the number of an object that has it, in order of both.</summary>
internal readonly record struct KeyedId<TKey>(TKey Key, long Id) : IComparable<KeyedId<TKey>>
    where TKey : struct, IComparable<TKey>
{
    public int CompareTo(KeyedId<TKey> other)
    {
        var byKey = Key.CompareTo(other.Key);
        return byKey != 0 ? byKey : Id.CompareTo(other.Id);
    }
}

/// <summary>A page of a <see cref="SortedIds{TKey}"/>: up to 32 items, or as many pages below, each under its first item.</summary>
internal sealed class SortedPage<TKey>(long edit, bool isLeaf)
    where TKey : struct, IComparable<TKey>
{
    public const int Width = Places<object>.Width;

    /// <summary>With less than this a page looks for a neighbour to join.</summary>
    public const int Thin = Width / 4;

    public Places<KeyedId<TKey>> Items;
    private readonly SortedPage<TKey>[]? _below = isLeaf ? null : new SortedPage<TKey>[Width];

    public int Count { get; private set; }

    public bool IsLeaf => _below is null;

    public bool IsFull => Count == Width;

    public SortedPage<TKey> Below(int at) => _below![at];

    public SortedPage<TKey> OwnedBy(long owner)
    {
        if (edit == owner) return this;
        var copy = new SortedPage<TKey>(owner, IsLeaf) { Items = Items, Count = Count };
        _below?.AsSpan(0, Count).CopyTo(copy._below);
        return copy;
    }

    /// <summary>Place of the first item that is not below the given one.</summary>
    public int Seek(KeyedId<TKey> item)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Items[middle].CompareTo(item) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Place of the page below that an item belongs to.</summary>
    public int SeekBelow(KeyedId<TKey> item)
    {
        var at = Seek(item);
        return at < Count && Items[at].CompareTo(item) == 0 ? at : Math.Max(at - 1, 0);
    }

    public void Set(int at, SortedPage<TKey> page)
    {
        Items[at] = page.Items[0];
        _below![at] = page;
    }

    public void Insert(int at, KeyedId<TKey> item, SortedPage<TKey>? page = null)
    {
        Span<KeyedId<TKey>> items = Items;
        items[at..Count].CopyTo(items[(at + 1)..]);
        items[at] = item;
        if (_below is not null)
        {
            Array.Copy(_below, at, _below, at + 1, Count - at);
            _below[at] = page!;
        }

        Count++;
    }

    public void RemoveAt(int at)
    {
        Count--;
        Span<KeyedId<TKey>> items = Items;
        items[(at + 1)..(Count + 1)].CopyTo(items[at..]);
        items[Count] = default;
        if (_below is null) return;
        Array.Copy(_below, at + 1, _below, at, Count - at);
        _below[Count] = null!;
    }

    /// <summary>Moves the items from a place on into a new page. At the very end nothing moves, so that rising keys fill their pages.</summary>
    public SortedPage<TKey> SplitFor(int at, long owner)
    {
        var from = at == Count ? Count : Count / 2;
        var right = new SortedPage<TKey>(owner, IsLeaf);
        for (var i = from; i < Width; i++) right.Insert(right.Count, Items[i], _below?[i]);
        while (Count > from) RemoveAt(Count - 1);
        return right;
    }

    /// <summary>Takes over all items of the page to the right.</summary>
    public void Join(SortedPage<TKey> right)
    {
        for (var i = 0; i < right.Count; i++) Insert(Count, right.Items[i], right._below?[i]);
    }
}
