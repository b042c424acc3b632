using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Drover.Client.Wire;
using Drover.Model.Kernel;

namespace Drover.Client.Tests.Wire;

/// <summary>Every type of the contract, with every field set, goes to the wire as its declaration says and comes back as it was.</summary>
public sealed partial class WireCatalogTests
{
    private const int Deep = 4;

    public static TheoryData<string> Shapes => [.. Catalog.All.Kinds.Select(kind => kind.Name).Concat(Catalog.All.Structs.Select(shape => shape.Name))];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_type_is_written_as_declared_and_read_back(string name)
    {
        var shape = Catalog.All.FindShape(name)!;
        var record = Make(shape.ClrType, 0)!;
        var wire = WireRecord.Of(shape.ClrType).ToWire(record);
        Problems(wire, shape, name).ShouldBeEmpty();
        WireRecord.Of(shape.ClrType).Read(JsonElement.Parse(wire.ToJsonString())).ShouldBe(record);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_was_observed_is_read_too(string name)
    {
        if (Catalog.All.FindKind(name) is not { } kind) return;
        var seen = Make(kind.SeenType, 0)!;
        WireRecord.Of(kind.SeenType).Read(JsonElement.Parse(WireRecord.Of(kind.SeenType).ToWire(seen).ToJsonString())).ShouldBe(seen);
    }

    private static IEnumerable<string> Problems(JsonObject wire, Shape shape, string at) =>
        wire.SelectMany(member => shape.Find(member.Key) is { } field ? IsFree(field) ? [] : Problems(member.Value, field.Type, $"{at}.{member.Key}") : [$"{at}.{member.Key} is not declared"]);

    /// <summary>True for fields whose record holds the wire's own form.</summary>
    private static bool IsFree(Field field) => field.ClrType == typeof(RawJson) || (field.ClrType == typeof(string) && field.Type.IsReference);

    private static IEnumerable<string> Problems(JsonNode? value, WireType type, string at) => (type.Base, value) switch
    {
        ("json" or "none", _) => [],
        ("array", JsonArray items) => items.SelectMany(item => Problems(item, type.Inner!, at + "[]")),
        ("map", JsonObject map) => map.SelectMany(entry => Problems(entry.Value, type.Inner!, $"{at}.{entry.Key}")),
        ("reference", JsonValue id) when id.GetValueKind() == JsonValueKind.String && WireId().IsMatch(id.GetValue<string>()) => [],
        ("int" or "float", JsonValue number) when number.GetValueKind() == JsonValueKind.Number => [],
        ("boolean", JsonValue flag) when flag.GetValueKind() == JsonValueKind.True => [],
        ("string" or "password" or "enum" or "blob" or "date", JsonValue text) when text.GetValueKind() == JsonValueKind.String => [],
        (_, JsonObject nested) when type.IsStruct && Catalog.All.FindShape(type.Base) is { } shape => Problems(nested, shape, at),
        _ => [$"{at} is {value?.ToJsonString()} and not {type}"],
    };

    private static object? Make(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "x";
        if (type == typeof(long)) return 7L;
        if (type == typeof(int)) return 7;
        if (type == typeof(bool)) return true;
        if (type == typeof(double)) return 0.5;
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        if (type == typeof(RawJson)) return new RawJson("""{"a":{"b":1}}""");
        if (ClrTypes.ElementOf(type) is { } element) return depth > Deep ? null : Collection(type, element, depth);
        if (ClrTypes.ValueOf(type) is { } value) return depth > Deep ? null : Collection(type, value, depth);
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
        return depth > Deep ? null : Record(type, depth);
    }

    /// <summary>Bare kinds have properties that they do not declare: nobody sets those.</summary>
    private static object Record(Type type, int depth)
    {
        var declared = type.GetCustomAttribute<KindAttribute>()?.Name is { } name ? Catalog.All.FindKind(name) : null;
        var record = Activator.CreateInstance(type)!;
        foreach (var property in ClrTypes.Shown(type))
        {
            var isField = property.IsDefined(typeof(FieldAttribute)) && (declared is null || declared.Find(ClrTypes.NameOf(property)) is not null);
            if (property.CanWrite && (isField || property.IsDefined(typeof(FlattenAttribute))) && Make(property.PropertyType, depth + 1) is { } made) property.SetValue(record, made);
        }

        return record;
    }

    private static object? Collection(Type type, Type item, int depth)
    {
        if (Make(item, depth + 1) is not { } made) return null;
        JsonNode model = JsonSerializer.SerializeToNode(made, item, ModelJson.Options)!;
        JsonNode all = ClrTypes.ElementOf(type) is not null ? new JsonArray(model) : new JsonObject { ["k"] = model };
        return all.Deserialize(type, ModelJson.Options);
    }

    [GeneratedRegex("^1[a-z]+7$")]
    private static partial Regex WireId();
}
