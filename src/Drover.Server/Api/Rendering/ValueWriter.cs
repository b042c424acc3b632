using System.Collections;
using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api.Views;

namespace Drover.Server.Api.Rendering;

/// <summary>Writes the values of one wire type: references as ids, nested records with their type, dates in whole seconds.</summary>
public abstract class ValueWriter
{
    /// <summary>Writes a value as the field's .NET type holds it; null as null.</summary>
    public void Write(Utf8JsonWriter json, object? value)
    {
        if (value is null or ICollectionValue { IsDefault: true }) json.WriteNullValue();
        else WriteValue(json, value);
    }

    /// <summary>The writer of a wire type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="catalog">Knows the letters of ids.</param>
    /// <param name="shapes">Finds nested types as the role sees them.</param>
    public static ValueWriter For(WireType type, Catalog catalog, Func<string, ShapeView?> shapes) => type.Base switch
    {
        "reference" => new ReferenceWriter(PrefixOf(type.Leaf, catalog), catalog.FindKind(type.Leaf)?.Declared.NamedId == true),
        "array" => new ArrayWriter(For(type.Inner!, catalog, shapes)),
        "map" => new MapWriter(For(type.Inner!, catalog, shapes)),
        "date" => new DateWriter(),
        _ when type.IsStruct => new RecordWriter(type.Base, shapes),
        _ => new PlainWriter(),
    };

    protected abstract void WriteValue(Utf8JsonWriter json, object value);

    private static string PrefixOf(string kind, Catalog catalog)
        => "1" + (catalog.FindKind(kind)?.ShortType ?? ResourceId.ShortTypeOf(kind));

    private sealed class PlainWriter : ValueWriter
    {
        protected override void WriteValue(Utf8JsonWriter json, object value) => WriteAny(json, value);
    }

    private sealed class ReferenceWriter(string prefix, bool named) : ValueWriter
    {
        protected override void WriteValue(Utf8JsonWriter json, object value)
        {
            if (named || value is not long id) json.WriteStringValue(value.ToString());
            else WriteId(json, id);
        }

        private void WriteId(Utf8JsonWriter json, long id)
        {
            Span<char> text = stackalloc char[48];
            if (text.TryWrite(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{id}", out var length)) json.WriteStringValue(text[..length]);
            else json.WriteStringValue(prefix + id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private sealed class ArrayWriter(ValueWriter inner) : ValueWriter
    {
        protected override void WriteValue(Utf8JsonWriter json, object value)
        {
            if (value is RawJson raw)
            {
                WriteAny(json, raw);
                return;
            }

            json.WriteStartArray();
            foreach (var item in (IEnumerable)value) inner.Write(json, item);
            json.WriteEndArray();
        }
    }

    private sealed class MapWriter(ValueWriter inner) : ValueWriter
    {
        protected override void WriteValue(Utf8JsonWriter json, object value)
        {
            switch (value)
            {
                case EquatableMap<string> texts:
                    json.WriteStartObject();
                    foreach (var (key, text) in texts.Items) json.WriteString(key, text);
                    json.WriteEndObject();
                    break;
                case EquatableMap<long> numbers:
                    json.WriteStartObject();
                    foreach (var (key, number) in numbers.Items) Entry(json, key, number);
                    json.WriteEndObject();
                    break;
                case RawJson raw:
                    WriteAny(json, raw);
                    break;
                default:
                    WriteEntries(json, (IEnumerable)value);
                    break;
            }
        }

        private void WriteEntries(Utf8JsonWriter json, IEnumerable entries)
        {
            json.WriteStartObject();
            foreach (var entry in entries)
            {
                var type = entry!.GetType();
                Entry(json, (string)type.GetProperty("Key")!.GetValue(entry)!, type.GetProperty("Value")!.GetValue(entry));
            }

            json.WriteEndObject();
        }

        private void Entry(Utf8JsonWriter json, string key, object? value)
        {
            json.WritePropertyName(key);
            inner.Write(json, value);
        }
    }

    private sealed class DateWriter : ValueWriter
    {
        protected override void WriteValue(Utf8JsonWriter json, object value)
        {
            if (value is DateTimeOffset date) WireDate.Write(json, date);
            else json.WriteStringValue(value.ToString());
        }
    }

    private sealed class RecordWriter(string name, Func<string, ShapeView?> shapes) : ValueWriter
    {
        protected override void WriteValue(Utf8JsonWriter json, object value)
        {
            if (value is RawJson raw)
            {
                WriteAny(json, raw);
                return;
            }

            json.WriteStartObject();
            json.WriteString("type", name);
            if (shapes(name) is { } view)
            {
                foreach (var field in view.Fields)
                {
                    if (field.Name == "type" || field.Field.Side == Side.Seen || field.Field.Get(value) is not { } set) continue;
                    json.WritePropertyName(field.Key);
                    field.Writer.Write(json, set);
                }
            }

            json.WriteEndObject();
        }
    }

    private static void WriteAny(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); break;
            case long number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case double number: json.WriteNumberValue(number); break;
            case RawJson raw: json.WriteRawValue(raw.Text); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
