using System.Globalization;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Binding;

/// <summary>Turns JSON values into what the field's property holds, as leniently as 1.6 did (api-semantics.md section 11).</summary>
/// <param name="catalog">The caller's schemas.</param>
/// <param name="resolve">The number of the object that a wire id names in a kind, where it exists and the caller may read it.</param>
public sealed class Coercion(RoleCatalog catalog, Func<string, string, long?> resolve)
{
    /// <summary>The schemas that nested types are bound to.</summary>
    public RoleCatalog Catalog { get; } = catalog;

    /// <summary>The value, or null. Throws a problem that names the field where the value does not fit its type.</summary>
    public object? Convert(FieldView field, JsonElement value)
        => Convert(field, value, field.Field.Type, field.Field.ClrType ?? typeof(string));

    private object? Convert(FieldView field, JsonElement value, WireType type, Type clr)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return null;
        clr = Nullable.GetUnderlyingType(clr) ?? clr;
        if (clr == typeof(RawJson)) return Raw(field, value, type);
        if (type.IsArray) return Array(field, value, type, clr);
        if (type.IsMap) return Map(field, value, type, clr);
        if (type.IsReference) return Reference(field, value, type);
        if (type.IsStruct) return Record(field, value, type);
        if (type.Base == "date") return Date(field, value);
        if (clr == typeof(bool)) return Flag(field, value);
        if (clr == typeof(double)) return Number(field, value);
        if (clr == typeof(long)) return Integer(field, value);
        if (clr == typeof(int)) return Integer(field, value) is { } wide ? wide is >= int.MinValue and <= int.MaxValue ? (int)wide : throw Bad(field) : null;
        return Text(field, value);
    }

    private static RawJson Raw(FieldView field, JsonElement value, WireType type)
        => type.IsMap && value.ValueKind != JsonValueKind.Object ? throw Bad(field) : RawJson.From(value);

    private object Array(FieldView field, JsonElement value, WireType type, Type clr)
    {
        var element = ClrTypes.ElementOf(clr) ?? throw Bad(field);
        var items = new List<object?>();
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) items.Add(Convert(field, item, type.Inner!, element));
        else
            items.Add(Convert(field, value, type.Inner!, element));
        if (items.Contains(null)) throw new ProblemException(new Problem("NotNullable", field.Name));
        return CollectionFactory.Array(element, items);
    }

    private object Map(FieldView field, JsonElement value, WireType type, Type clr)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Bad(field);
        var inner = ClrTypes.ValueOf(clr) ?? throw Bad(field);
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Contains('\0', StringComparison.Ordinal)) throw new ProblemException(new Problem("InvalidCharacters", field.Name));
            var converted = Convert(field, member.Value, type.Inner!, inner);
            if (converted is null && inner.IsValueType) throw new ProblemException(new Problem("NotNullable", field.Name));
            entries[member.Name] = converted;
        }

        return CollectionFactory.Map(inner, [.. entries]);
    }

    private long? Reference(FieldView field, JsonElement value, WireType type)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } id)
        {
            if (id.Length == 0) return null;
            if (resolve(type.Leaf, id) is { } number) return number;
        }

        throw new ProblemException(new Problem("InvalidReference", field.Name));
    }

    private object Record(FieldView field, JsonElement value, WireType type)
    {
        if (value.ValueKind != JsonValueKind.Object || Catalog.FindShape(type.Base) is not { } shape) throw Bad(field);
        return RecordBinder.Create(shape, Body.From(value, []), this);
    }

    private static DateTimeOffset? Date(FieldView field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var stamp) && Math.Abs(stamp) < 253_000_000_000_000)
            return DateTimeOffset.FromUnixTimeMilliseconds(stamp);
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            if (WireDate.TryParse(text, out var date)) return date;
        }

        throw new ProblemException(new Problem("InvalidDateFormat", field.Name));
    }

    private static bool? Flag(FieldView field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetRawText() switch { "1" => true, "0" => false, _ => throw Bad(field) },
        JsonValueKind.String => value.GetString()!.Trim().ToLowerInvariant() switch
        {
            "" => null,
            "true" or "yes" or "y" or "on" or "1" or "t" => true,
            "false" or "no" or "n" or "off" or "0" or "f" => false,
            _ => throw Bad(field),
        },
        _ => throw Bad(field),
    };

    private static double? Number(FieldView field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        if (value.ValueKind != JsonValueKind.String) throw Bad(field);
        var text = value.GetString()!.Trim();
        if (text.Length == 0) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number) ? number : throw Bad(field);
    }

    private static long? Integer(FieldView field, JsonElement value)
    {
        long number;
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (!value.TryGetInt64(out number))
            {
                if (!value.TryGetDouble(out var real) || Math.Abs(real) >= long.MaxValue) throw Bad(field);
                number = (long)real;
            }
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!.Trim();
            if (text.Length == 0) return null;
            if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) throw Bad(field);
        }
        else
        {
            throw Bad(field);
        }

        return number;
    }

    private static string Text(FieldView field, JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw Bad(field),
        };
        return text.Contains('\0', StringComparison.Ordinal) ? throw new ProblemException(new Problem("InvalidCharacters", field.Name)) : text;
    }

    private static ProblemException Bad(FieldView field) => new(new Problem("InvalidFormat", field.Name));
}
