using System.Runtime.CompilerServices;

namespace Drover.Store.State;

/// <summary>
/// A sparse array by number in pages of 32. It is a value: a change gives a new one, which shares all pages but those on the
/// way. An edit token lets the changes between two snapshots work on the same copied pages.
/// </summary>
internal readonly struct PagedArray<T>
    where T : class
{
    private const int Bits = 5;
    private const int Mask = Places<object>.Width - 1;
    private readonly Page? _root;

    /// <summary>How far an index is shifted to find the place in the root; 0 where the root holds objects.</summary>
    private readonly int _shift;

    private PagedArray(Page? root, int shift, int count)
    {
        _root = root;
        _shift = shift;
        Count = count;
    }

    public int Count { get; }

    public T? Find(long index)
    {
        var page = _root;
        if (page is null || (ulong)index >> _shift > Mask) return null;
        for (var shift = _shift; shift > 0; shift -= Bits)
        {
            page = Unsafe.As<Page?>(page.Items[(int)(index >> shift) & Mask]);
            if (page is null) return null;
        }

        return Unsafe.As<T?>(page.Items[(int)index & Mask]);
    }

    /// <summary>The array with an object at an index.</summary>
    public PagedArray<T> With(long index, T value, long edit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (root, shift) = (_root, _shift);
        while ((ulong)index >> shift > Mask)
        {
            if (root is not null)
            {
                var above = new Page(edit) { Used = 1 };
                above.Items[0] = root;
                root = above;
            }

            shift += Bits;
        }

        var added = false;
        root = Set(root, shift, index, value, edit, ref added);
        return new PagedArray<T>(root, shift, Count + (added ? 1 : 0));
    }

    /// <summary>The array with nothing at an index. Pages that hold nothing any more are let go.</summary>
    public PagedArray<T> Without(long index, long edit)
    {
        if (Find(index) is null) return this;
        var root = Clear(_root!, _shift, index, edit);
        return new PagedArray<T>(root, root is null ? 0 : _shift, Count - 1);
    }

    /// <summary>The first page of objects that reaches to an index or beyond; moves the index to the page's first place.</summary>
    public Page? NextPage(ref long index)
    {
        while (_root is not null && index >= 0 && (ulong)index >> _shift <= Mask)
        {
            var page = _root;
            var shift = _shift;
            for (; shift > 0; shift -= Bits)
            {
                var below = Unsafe.As<Page?>(page.Items[(int)(index >> shift) & Mask]);
                if (below is null) break;
                page = below;
            }

            if (shift == 0)
            {
                index &= ~(long)Mask;
                return page;
            }

            index = ((index >> shift) + 1) << shift;
        }

        return null;
    }

    private static Page Set(Page? page, int shift, long index, T value, long edit, ref bool added)
    {
        var own = page?.OwnedBy(edit) ?? new Page(edit);
        ref var place = ref own.Items[(int)(index >> shift) & Mask];
        var empty = place is null;
        if (empty) own.Used++;
        if (shift > 0)
        {
            place = Set(Unsafe.As<Page?>(place), shift - Bits, index, value, edit, ref added);
        }
        else
        {
            added = empty;
            place = value;
        }

        return own;
    }

    private static Page? Clear(Page page, int shift, long index, long edit)
    {
        var at = (int)(index >> shift) & Mask;
        var below = shift == 0 ? null : Clear(Unsafe.As<Page>(page.Items[at]!), shift - Bits, index, edit);
        if (below is null && page.Used == 1) return null;
        var own = page.OwnedBy(edit);
        own.Items[at] = below;
        if (below is null) own.Used--;
        return own;
    }
}
