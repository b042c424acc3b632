using System.Text.Json;
using System.Text.Json.Serialization;

namespace Drover.Model.Kernel;

/// <summary>JSON of model records between our own programs: camel case, nothing written that is not set.</summary>
public static class ModelJson
{
    public static JsonSerializerOptions Options { get; } = NewOptions();

    private static JsonSerializerOptions NewOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
            Converters = { new RawJsonConverter(), new EquatableArrayConverter(), new EquatableMapConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class RawJsonConverter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => RawJson.From(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
            => writer.WriteRawValue(value.Text);
    }

    private sealed class EquatableArrayConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => ClrTypes.ElementOf(typeToConvert) is not null;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
            => (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(ClrTypes.ElementOf(typeToConvert)!))!;

        private sealed class Of<T> : JsonConverter<EquatableArray<T>>
        {
            public override EquatableArray<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
                => JsonSerializer.Deserialize<T[]>(ref reader, options) is { } items ? new([.. items]) : default;

            public override void Write(Utf8JsonWriter writer, EquatableArray<T> value, JsonSerializerOptions options)
            {
                writer.WriteStartArray();
                foreach (var item in value) JsonSerializer.Serialize(writer, item, options);
                writer.WriteEndArray();
            }
        }
    }

    private sealed class EquatableMapConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => ClrTypes.ValueOf(typeToConvert) is not null;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
            => (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(ClrTypes.ValueOf(typeToConvert)!))!;

        private sealed class Of<T> : JsonConverter<EquatableMap<T>>
        {
            public override EquatableMap<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
                => JsonSerializer.Deserialize<Dictionary<string, T>>(ref reader, options) is { } items ? new(items) : default;

            public override void Write(Utf8JsonWriter writer, EquatableMap<T> value, JsonSerializerOptions options)
            {
                writer.WriteStartObject();
                foreach (var (key, item) in value.Items)
                {
                    writer.WritePropertyName(key);
                    JsonSerializer.Serialize(writer, item, options);
                }

                writer.WriteEndObject();
            }
        }
    }
}
