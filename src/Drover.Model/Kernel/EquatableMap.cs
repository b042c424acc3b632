using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Drover.Model.Kernel;

/// <summary>An immutable map from text to values, kept in ordinal order of the keys and compared by content. The default value is "not set".</summary>
public readonly struct EquatableMap<T> : IEquatable<EquatableMap<T>>, IReadOnlyDictionary<string, T>, ICollectionValue
{
    private readonly ImmutableSortedDictionary<string, T>? _items;

    public EquatableMap(IEnumerable<KeyValuePair<string, T>> items)
        => _items = items as ImmutableSortedDictionary<string, T> ?? ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, items);

    /// <summary>True for the default value: nobody set it.</summary>
    public bool IsDefault => _items is null;

    public ImmutableSortedDictionary<string, T> Items => _items ?? ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    public int Count => _items?.Count ?? 0;

    public IEnumerable<string> Keys => Items.Keys;

    public IEnumerable<T> Values => Items.Values;

    public T this[string key] => Items[key];

    /// <summary>The map with one entry set.</summary>
    public EquatableMap<T> With(string key, T value) => new(Items.SetItem(key, value));

    /// <summary>The map without one entry.</summary>
    public EquatableMap<T> Without(string key) => new(Items.Remove(key));

    /// <summary>The map with another laid over it.</summary>
    public EquatableMap<T> With(IEnumerable<KeyValuePair<string, T>> entries) => new(Items.SetItems(entries));

    public T? Find(string key) => Items.TryGetValue(key, out var value) ? value : default;

    public bool ContainsKey(string key) => Items.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => Items.TryGetValue(key, out value);

    public bool Equals(EquatableMap<T> other)
    {
        if (ReferenceEquals(_items, other._items)) return true;
        return IsDefault == other.IsDefault && Count == other.Count && Items.SequenceEqual(other.Items);
    }

    public override bool Equals(object? obj) => obj is EquatableMap<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in Items)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, T>>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(EquatableMap<T> left, EquatableMap<T> right) => left.Equals(right);

    public static bool operator !=(EquatableMap<T> left, EquatableMap<T> right) => !left.Equals(right);
}

/// <summary>Builders of <see cref="EquatableMap{T}"/>.</summary>
public static class EquatableMap
{
    public static EquatableMap<T> ToEquatableMap<T>(this IEnumerable<KeyValuePair<string, T>> items) => new(items);

    public static EquatableMap<T> Of<T>(params (string Key, T Value)[] items)
        => new(items.Select(item => KeyValuePair.Create(item.Key, item.Value)));
}
