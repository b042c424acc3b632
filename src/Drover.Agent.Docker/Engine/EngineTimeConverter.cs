using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Drover.Agent.Docker.Engine;

/// <summary>Times as the engine writes them: RFC 3339 with nanoseconds, and year 1 or nothing at all for "never".</summary>
internal sealed class EngineTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        if (string.IsNullOrEmpty(text)) return null;
        if (!reader.TryGetDateTimeOffset(out var time) &&
            !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
            throw new JsonException($"\"{text}\" is not a time");
        return time.Year <= 1 ? null : time;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time) writer.WriteStringValue(time);
        else writer.WriteNullValue();
    }
}
