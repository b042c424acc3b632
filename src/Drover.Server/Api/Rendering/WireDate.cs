using System.Globalization;
using System.Text.Json;

namespace Drover.Server.Api.Rendering;

/// <summary>Dates as the wire shows them: UTC, whole seconds, "Z".</summary>
public static class WireDate
{
    public static string Format(DateTimeOffset date)
        => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The date that the wire shows of one: what is shown is also what is compared.</summary>
    public static DateTimeOffset Whole(DateTimeOffset date) => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Writes a date as a JSON text.</summary>
    public static void Write(Utf8JsonWriter json, DateTimeOffset date)
    {
        Span<byte> text = stackalloc byte[32];
        var at = date.UtcDateTime;
        at.TryFormat(text, out var length, "s", CultureInfo.InvariantCulture);
        text[length] = (byte)'Z';
        json.WriteStringValue(text[..(length + 1)]);
    }

    /// <summary>Reads an ISO date; false for anything else.</summary>
    public static bool TryParse(string text, out DateTimeOffset date)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date)
            && text.Length >= 8 && char.IsAsciiDigit(text[0]);
}
