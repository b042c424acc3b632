using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;

namespace Drover.Store.Codec;

/// <summary>JSON text as it stands.</summary>
internal sealed class RawJsonCodec() : ValueCodec<RawJson?>(Form.Block)
{
    public override bool IsNone(RawJson? value) => value is null;

    public override bool Same(RawJson? left, RawJson? right)
        => ReferenceEquals(left, right) || string.Equals(left?.Text, right?.Text, StringComparison.Ordinal);

    public override void Write(ByteWriter writer, RawJson? value) => writer.Text(value?.Text);

    public override RawJson? Read(ref ByteReader reader) => reader.Text() is { } text ? new RawJson(text) : null;

    public override JsonNode? Json(RawJson? value)
    {
        if (value is null) return null;
        try
        {
            return value.ToNode();
        }
        catch (JsonException)
        {
            return JsonValue.Create(value.Text);
        }
    }
}

/// <summary>Number of elements, then each as its own codec writes it.</summary>
internal sealed class ArrayCodec<T>(ValueCodec<T> element) : ValueCodec<EquatableArray<T>>(Form.Block)
{
    public override bool IsNone(EquatableArray<T> value) => value.IsDefault;

    public override bool Same(EquatableArray<T> left, EquatableArray<T> right)
        => left.IsDefault ? right.IsDefault : left.Equals(right);

    public override void Write(ByteWriter writer, EquatableArray<T> value)
    {
        if (value.IsDefault)
        {
            writer.Byte(0);
            return;
        }

        var start = writer.BeginBlock();
        writer.Number((ulong)value.Count);
        foreach (var item in value) element.Write(writer, item);
        writer.EndBlock(start);
    }

    public override EquatableArray<T> Read(ref ByteReader reader)
    {
        if (!reader.Block(out var block)) return default;
        var items = new ByteReader(block, reader.Pool);
        var count = checked((int)items.Number());
        if (count > block.Length) throw new InvalidDataException("a list in the store's data claims more elements than it has bytes");
        var list = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++) list.Add(element.Read(ref items));
        return new EquatableArray<T>(list.MoveToImmutable());
    }

    public override JsonNode? Json(EquatableArray<T> value)
        => value.IsDefault ? null : new JsonArray([.. value.Items.Select(element.Json)]);
}

/// <summary>Number of entries, then each key and value.</summary>
internal sealed class MapCodec<T>(ValueCodec<T> element) : ValueCodec<EquatableMap<T>>(Form.Block)
{
    public override bool IsNone(EquatableMap<T> value) => value.IsDefault;

    public override bool Same(EquatableMap<T> left, EquatableMap<T> right)
        => left.IsDefault ? right.IsDefault : left.Equals(right);

    public override void Write(ByteWriter writer, EquatableMap<T> value)
    {
        if (value.IsDefault)
        {
            writer.Byte(0);
            return;
        }

        var start = writer.BeginBlock();
        writer.Number((ulong)value.Count);
        foreach (var (key, item) in value.Items)
        {
            writer.Text(key);
            element.Write(writer, item);
        }

        writer.EndBlock(start);
    }

    public override EquatableMap<T> Read(ref ByteReader reader)
    {
        if (!reader.Block(out var block)) return default;
        var items = new ByteReader(block, reader.Pool);
        var count = checked((int)items.Number());
        var map = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++) map.Add(items.Text() ?? "", element.Read(ref items));
        return new EquatableMap<T>(map.ToImmutable());
    }

    public override JsonNode? Json(EquatableMap<T> value)
        => value.IsDefault ? null : new JsonObject(value.Items.Select(item => KeyValuePair.Create(item.Key, element.Json(item.Value))));
}
