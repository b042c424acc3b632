using System.Globalization;
using System.Text.RegularExpressions;

namespace Drover.Server.Streams;

/// <summary>Reads from when on lines are wanted, in the forms that Docker's clients take.</summary>
public static partial class SinceText
{
    private const double LargestSeconds = 253_402_300_799; // the end of the year 9999

    /// <summary>A time (RFC 3339), seconds since 1970 with or without a fraction, or how long ago ("10m", "1h30m"); null for anything else.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= LargestSeconds ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds) : null;
        if (Ago().Match(text) is { Success: true, Length: > 0 } match) return Before(now, match);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
    }

    private static DateTimeOffset Before(DateTimeOffset now, Match match)
    {
        var ago = Part(match, "h") * 3600 + Part(match, "m") * 60 + Part(match, "s");
        return ago < (now - DateTimeOffset.UnixEpoch).TotalSeconds ? now - TimeSpan.FromSeconds(ago) : DateTimeOffset.UnixEpoch;
    }

    private static double Part(Match match, string group) => match.Groups[group] is { Success: true } part ? double.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<h>\d{1,9})h)?(?:(?<m>\d{1,9})m)?(?:(?<s>\d{1,9}(?:\.\d{1,9})?)s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Ago();
}
