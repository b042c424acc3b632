using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Drover.Model.Kernel;

namespace Drover.Client.Wire;

/// <summary>One property of a model record and how its value looks on the wire.</summary>
internal sealed class WireMember
{
    private readonly PropertyInfo _property;
    private readonly string? _reference;
    private readonly bool _flat;
    private readonly bool _isNumber;
    private readonly WireRecord? _nested;

    private WireMember(PropertyInfo property, string name, bool flat)
    {
        _property = property;
        _flat = flat;
        Name = name;
        ModelName = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        _reference = property.GetCustomAttribute<RefAttribute>()?.Kind;
        var leaf = Leaf(property.PropertyType);
        _isNumber = _reference is null && leaf == typeof(long);
        _nested = flat || leaf.IsDefined(typeof(StructAttribute)) || leaf.IsDefined(typeof(KindAttribute)) ? WireRecord.Of(leaf) : null;
    }

    /// <summary>The name on the wire.</summary>
    public string Name { get; }

    /// <summary>The name in the model's own JSON.</summary>
    public string ModelName { get; }

    public static IEnumerable<WireMember> Of(Type record) =>
        ClrTypes.Shown(record).Select(property => new WireMember(property, ClrTypes.NameOf(property), property.IsDefined(typeof(FlattenAttribute))));

    public object? ValueOf(object record) => _property.GetValue(record) is var value && value is ICollectionValue { IsDefault: true } ? null : value;

    /// <summary>Moves the member's part of a wire object into the model's JSON.</summary>
    public void Read(JsonElement wire, JsonObject model)
    {
        if (_flat) model[ModelName] = _nested!.ToModel(wire);
        else if (wire.TryGetProperty(Name, out var value) && value.ValueKind != JsonValueKind.Null && Read(value) is { } node) model[ModelName] = node;
    }

    /// <summary>Writes the member into a wire object.</summary>
    public void Write(object record, object? before, JsonObject wire)
    {
        var value = ValueOf(record);
        if (_flat) _nested!.Write(value!, before is null ? null : ValueOf(before), wire);
        else if (before is null || !Equals(value, ValueOf(before))) wire[Name] = value is null ? null : WriteValue(value);
    }

    private JsonNode? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when _isNumber => ResourceId.TryParse(value.GetString(), out var id) || long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out id) ? JsonValue.Create(id) : null,
        _ when _reference is null && _nested is null => Copy(value),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Read)]),
        JsonValueKind.Object when _nested is not null && !IsMap => _nested.ToModel(value),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, _nested is null ? Read(entry.Value) : _nested.ToModel(entry.Value)))),
        JsonValueKind.String => ResourceId.TryParse(value.GetString(), out var number) ? JsonValue.Create(number) : null,
        _ => null,
    };

    private JsonNode? WriteValue(object value) => value switch
    {
        RawJson raw => raw.ToNode(),
        long id when _reference is not null => JsonValue.Create(IdOf(id)),
        IReadOnlyDictionary<string, long> ids when _reference is not null => new JsonObject(ids.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)IdOf(entry.Value)))),
        IEnumerable<long> ids when _reference is not null => new JsonArray([.. ids.Select(id => (JsonNode?)IdOf(id))]),
        _ when _nested is null => JsonSerializer.SerializeToNode(value, value.GetType(), ModelJson.Options),
        System.Collections.IDictionary or ICollectionValue => WriteNested(value),
        _ => _nested.ToWire(value),
    };

    private JsonNode WriteNested(object collection)
    {
        if (!IsMap) return new JsonArray([.. ((System.Collections.IEnumerable)collection).Cast<object>().Select(item => (JsonNode?)_nested!.ToWire(item))]);
        var map = new JsonObject();
        foreach (var entry in (System.Collections.IEnumerable)collection)
        {
            var (key, item) = ((string)entry.GetType().GetProperty("Key")!.GetValue(entry)!, entry.GetType().GetProperty("Value")!.GetValue(entry)!);
            map[key] = _nested!.ToWire(item);
        }

        return map;
    }

    private bool IsMap => ClrTypes.ValueOf(_property.PropertyType) is not null;

    private string IdOf(long id) => Catalog.All.FindKind(_reference!) is { } kind
        ? ResourceId.Format(kind, id)
        : $"1{ResourceId.ShortTypeOf(_reference!)}{id}";

    private static JsonNode? Copy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        _ => JsonValue.Create(value.Clone()),
    };

    private static Type Leaf(Type type) =>
        ClrTypes.ElementOf(type) is { } element ? Leaf(element)
        : ClrTypes.ValueOf(type) is { } value ? Leaf(value)
        : Nullable.GetUnderlyingType(type) ?? type;
}
