using System.Runtime.CompilerServices;

namespace Drover.Store.State;

/// <summary>32 places of a page.</summary>
[InlineArray(Width)]
internal struct Places<T>
{
    public const int Width = 32;
    private T _first;
}

/// <summary>A page of a <see cref="PagedArray{T}"/>: 32 objects, or 32 pages below it.</summary>
internal sealed class Page(long edit)
{
    public Places<object?> Items;

    /// <summary>The edit that may change the page in place; every other one must copy it.</summary>
    public long Edit { get; } = edit;

    /// <summary>Number of places that are taken.</summary>
    public int Used { get; set; }

    public Page OwnedBy(long edit) => Edit == edit ? this : new Page(edit) { Items = Items, Used = Used };
}
