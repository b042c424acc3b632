using Drover.Model.Kernel;

namespace Drover.Store.State;

/// <summary>
/// A persistent B-tree of keys and ids, the shape of a declared index. It is a value like <see cref="PagedArray{T}"/>:
/// a change gives a new one that shares all pages but those on the way.
/// </summary>
internal readonly struct SortedIds<TKey>(SortedPage<TKey>? root)
    where TKey : struct, IComparable<TKey>
{
    /// <summary>Items of a page that is built from what is already sorted: some room is left for those that come later.</summary>
    private const int BuiltCount = SortedPage<TKey>.Width * 7 / 8;

    public SortedPage<TKey>? Root { get; } = root;

    /// <summary>The index of items in their order, each once.</summary>
    public static SortedIds<TKey> Of(ReadOnlySpan<KeyedId<TKey>> sorted, long edit)
    {
        if (sorted.IsEmpty) return default;
        var level = new List<SortedPage<TKey>>(sorted.Length / BuiltCount + 1);
        for (var at = 0; at < sorted.Length; at += BuiltCount)
        {
            var leaf = new SortedPage<TKey>(edit, isLeaf: true);
            foreach (var item in sorted[at..Math.Min(at + BuiltCount, sorted.Length)]) leaf.Insert(leaf.Count, item);
            level.Add(leaf);
        }

        while (level.Count > 1)
        {
            var above = new List<SortedPage<TKey>>(level.Count / BuiltCount + 1);
            for (var at = 0; at < level.Count; at++)
            {
                if (at % BuiltCount == 0) above.Add(new SortedPage<TKey>(edit, isLeaf: false));
                above[^1].Insert(above[^1].Count, level[at].Items[0], level[at]);
            }

            level = above;
        }

        return new(level[0]);
    }

    public SortedIds<TKey> With(TKey key, long id, long edit)
    {
        var item = new KeyedId<TKey>(key, id);
        if (Root is null)
        {
            var leaf = new SortedPage<TKey>(edit, isLeaf: true);
            leaf.Insert(0, item);
            return new(leaf);
        }

        var left = Insert(Root, item, edit, out var right);
        if (right is null) return new(left);
        var root = new SortedPage<TKey>(edit, isLeaf: false);
        root.Insert(0, left.Items[0], left);
        root.Insert(1, right.Items[0], right);
        return new(root);
    }

    public SortedIds<TKey> Without(TKey key, long id, long edit)
    {
        if (Root is null) return this;
        var root = Remove(Root, new KeyedId<TKey>(key, id), edit);
        while (root is { IsLeaf: false, Count: 1 }) root = root.Below(0);
        return new(root);
    }

    /// <summary>The ids under a key from a number on, by rising number.</summary>
    public IEnumerable<long> From(TKey key, long id = 0)
    {
        while (Leaf(new KeyedId<TKey>(key, id), out var at) is { } leaf)
        {
            for (; at < leaf.Count; at++)
            {
                if (leaf.Items[at].Key.CompareTo(key) != 0) yield break;
                id = leaf.Items[at].Id;
                yield return id;
            }

            if (id++ == long.MaxValue) yield break;
        }
    }

    /// <summary>All ids in the order of their keys, those of one key by number.</summary>
    public IEnumerable<long> InOrder(bool descending)
    {
        if (Root is null) yield break;
        var way = new Stack<(SortedPage<TKey> Page, int Next)>();
        way.Push((Root, 0));
        while (way.TryPop(out var top))
        {
            if (top.Next == top.Page.Count) continue;
            way.Push((top.Page, top.Next + 1));
            var at = descending ? top.Page.Count - 1 - top.Next : top.Next;
            if (top.Page.IsLeaf) yield return top.Page.Items[at].Id;
            else way.Push((top.Page.Below(at), 0));
        }
    }

    /// <summary>The objects of a kind under a key, by rising number; of the whole family where none is given.</summary>
    public IEnumerable<Entry> Under(TKey key, PagedArray<Entry> entries, Kind? only)
    {
        var id = 0L;
        while (Leaf(new KeyedId<TKey>(key, id), out var at) is { } leaf)
        {
            for (; at < leaf.Count; at++)
            {
                if (leaf.Items[at].Key.CompareTo(key) != 0) yield break;
                id = leaf.Items[at].Id;
                if (entries.Find(id) is { } entry && (only is null || ReferenceEquals(entry.Kind, only))) yield return entry;
            }

            if (id++ == long.MaxValue) yield break;
        }
    }

    /// <summary>The leaf with the first item that is not below the given one, and its place; null where there is none.</summary>
    private SortedPage<TKey>? Leaf(KeyedId<TKey> item, out int at)
    {
        var page = Root;
        SortedPage<TKey>? next = null;
        while (page is { IsLeaf: false })
        {
            var below = page.SeekBelow(item);
            if (below + 1 < page.Count) next = page.Below(below + 1);
            page = page.Below(below);
        }

        at = page?.Seek(item) ?? 0;
        if (page is null || at < page.Count) return page;
        at = 0;
        while (next is { IsLeaf: false }) next = next.Below(0);
        return next;
    }

    private static SortedPage<TKey> Insert(SortedPage<TKey> page, KeyedId<TKey> item, long edit, out SortedPage<TKey>? right)
    {
        right = null;
        if (!page.IsLeaf)
        {
            var own = page.OwnedBy(edit);
            var below = own.SeekBelow(item);
            own.Set(below, Insert(own.Below(below), item, edit, out var split));
            if (split is not null) right = Place(own, below + 1, split.Items[0], split, edit);
            return own;
        }

        var at = page.Seek(item);
        if (at < page.Count && page.Items[at].CompareTo(item) == 0) return page;
        var leaf = page.OwnedBy(edit);
        right = Place(leaf, at, item, null, edit);
        return leaf;
    }

    /// <summary>Puts an item into a page; where the page is full, splits it and answers with the new page to the right.</summary>
    private static SortedPage<TKey>? Place(SortedPage<TKey> page, int at, KeyedId<TKey> item, SortedPage<TKey>? below, long edit)
    {
        if (!page.IsFull)
        {
            page.Insert(at, item, below);
            return null;
        }

        var right = page.SplitFor(at, edit);
        if (at <= page.Count && !page.IsFull) page.Insert(at, item, below);
        else right.Insert(at - page.Count, item, below);
        return right;
    }

    private static SortedPage<TKey>? Remove(SortedPage<TKey> page, KeyedId<TKey> item, long edit)
    {
        if (page.IsLeaf)
        {
            var at = page.Seek(item);
            if (at == page.Count || page.Items[at].CompareTo(item) != 0) return page;
            if (page.Count == 1) return null;
            var leaf = page.OwnedBy(edit);
            leaf.RemoveAt(at);
            return leaf;
        }

        var place = page.SeekBelow(item);
        var before = page.Below(place);
        var below = Remove(before, item, edit);
        if (ReferenceEquals(below, before) && below.Items[0].CompareTo(page.Items[place]) == 0 && below.Count >= SortedPage<TKey>.Thin) return page;
        if (below is null && page.Count == 1) return null;
        var own = page.OwnedBy(edit);
        if (below is null)
        {
            own.RemoveAt(place);
            return own;
        }

        own.Set(place, below);
        if (below.Count < SortedPage<TKey>.Thin) Thicken(own, place, edit);
        return own;
    }

    /// <summary>Joins a thin page with the neighbour with which it fits into one; leaves it where neither does.</summary>
    private static void Thicken(SortedPage<TKey> page, int at, long edit)
    {
        if (at > 0 && FitIntoOne(page, at - 1)) at--;
        else if (at + 1 == page.Count || !FitIntoOne(page, at)) return;
        var joined = page.Below(at).OwnedBy(edit);
        joined.Join(page.Below(at + 1));
        page.Set(at, joined);
        page.RemoveAt(at + 1);
    }

    private static bool FitIntoOne(SortedPage<TKey> page, int left)
        => page.Below(left).Count + page.Below(left + 1).Count <= SortedPage<TKey>.Width;
}
