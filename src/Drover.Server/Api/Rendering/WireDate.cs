using System.Globalization;

namespace Drover.Server.Api.Rendering;

/// <summary>Dates as the wire shows them: UTC, whole seconds, "Z".</summary>
public static class WireDate
{
    public static string Format(DateTimeOffset date)
        => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads an ISO date; false for anything else.</summary>
    public static bool TryParse(string text, out DateTimeOffset date)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date)
            && text.Length >= 8 && char.IsAsciiDigit(text[0]);
}
