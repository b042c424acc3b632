using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Metadata;

/// <summary>A value of the metadata service. Children are made when they are asked for, so that a leaf costs its path and not the tree.</summary>
public abstract class MetadataNode
{
    private protected MetadataNode()
    {
    }

    /// <summary>A value that is there and empty: 200 without a body.</summary>
    public static MetadataNode Null { get; } = new MetadataNull();

    public static MetadataNode Of(string? value) => value is null ? Null : new MetadataText(value);

    public static MetadataNode Of(long? value) => value is { } number ? new MetadataNumber(number.ToString(CultureInfo.InvariantCulture)) : Null;

    public static MetadataNode Of(bool value) => new MetadataFlag(value);

    /// <summary>A list of texts.</summary>
    public static MetadataNode ListOf(IReadOnlyCollection<string> values, bool nullWhenEmpty = false)
        => new MetadataList<string>(values, text => new MetadataText(text)) { IsNullWhenEmpty = nullWhenEmpty };

    /// <summary>A map of texts.</summary>
    public static MetadataNode MapOf(IEnumerable<KeyValuePair<string, string>> values, bool nullWhenEmpty = false)
        => new MetadataMap(values.Select(pair => new MetadataField(pair.Key, () => Of(pair.Value)))) { IsNullWhenEmpty = nullWhenEmpty };

    /// <summary>What a user wrote, of any form.</summary>
    public static MetadataNode Of(RawJson? json) => json is null ? Null : Of(json.ToElement());

    private static MetadataNode Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new MetadataMap(element.EnumerateObject().Select(p => new MetadataField(p.Name, () => Of(p.Value)))),
        JsonValueKind.Array => new MetadataList<JsonElement>([.. element.EnumerateArray()], Of, NameIn, UuidIn),
        JsonValueKind.String => new MetadataText(element.GetString()!),
        JsonValueKind.Number => new MetadataNumber(element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new MetadataFlag(element.GetBoolean()),
        _ => Null,
    };

    private static string? NameIn(JsonElement element) => TextIn(element, "name");

    private static string? UuidIn(JsonElement element) => TextIn(element, "uuid");

    private static string? TextIn(JsonElement element, string key)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Nothing.</summary>
public sealed class MetadataNull : MetadataNode;

/// <summary>A text.</summary>
public sealed class MetadataText(string value) : MetadataNode
{
    public string Value { get; } = value;
}

/// <summary>A number, as JSON writes it.</summary>
public sealed class MetadataNumber(string literal) : MetadataNode
{
    /// <summary>True for a number without fraction or exponent.</summary>
    public bool IsWhole { get; } = literal.AsSpan().IndexOfAny(".eE") < 0;

    public string Literal { get; } = literal;

    public double Value => double.Parse(Literal, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>True or false.</summary>
public sealed class MetadataFlag(bool value) : MetadataNode
{
    public bool Value { get; } = value;
}

/// <summary>A key and the maker of its value.</summary>
public readonly record struct MetadataField(string Key, Func<MetadataNode> Value);

/// <summary>Keys with values, in ordinal order of the keys.</summary>
public sealed class MetadataMap(IEnumerable<MetadataField> fields) : MetadataNode
{
    public ImmutableArray<MetadataField> Fields { get; } =
        [.. fields.GroupBy(f => f.Key, StringComparer.Ordinal).Select(g => g.Last()).OrderBy(f => f.Key, StringComparer.Ordinal)];

    /// <summary>True where JSON says null of an empty one, as 1.6 did.</summary>
    public bool IsNullWhenEmpty { get; init; }

    /// <summary>The value of a key; null where there is no such key.</summary>
    public MetadataNode? Find(string key)
    {
        foreach (var field in Fields)
            if (field.Key == key)
                return field.Value();
        return null;
    }
}

/// <summary>Values in their order, which may be found by name or uuid.</summary>
public abstract class MetadataList : MetadataNode
{
    /// <summary>True where JSON says null of an empty one, as 1.6 did.</summary>
    public bool IsNullWhenEmpty { get; init; }

    public abstract int Count { get; }

    public abstract IEnumerable<MetadataNode> Items { get; }

    /// <summary>The name, else the uuid, of each item; null for one that has neither.</summary>
    public abstract IEnumerable<string?> Labels { get; }

    /// <summary>The item at an index; null beyond the end.</summary>
    public abstract MetadataNode? At(long index);

    /// <summary>The first item with this name or uuid; null where there is none.</summary>
    public abstract MetadataNode? Find(string label);
}

/// <summary>A list over the things it shows.</summary>
internal sealed class MetadataList<T>(
    IReadOnlyCollection<T> items, Func<T, MetadataNode> node, Func<T, string?>? name = null, Func<T, string?>? uuid = null) : MetadataList
{
    public override int Count => items.Count;

    public override IEnumerable<MetadataNode> Items => items.Select(node);

    public override IEnumerable<string?> Labels => items.Select(item => name?.Invoke(item) ?? uuid?.Invoke(item));

    public override MetadataNode? At(long index) => index >= 0 && index < Count ? node(items.ElementAt((int)index)) : null;

    public override MetadataNode? Find(string label)
    {
        foreach (var item in items)
            if (name?.Invoke(item) == label || uuid?.Invoke(item) == label)
                return node(item);
        return null;
    }
}
