using System.Globalization;

namespace Drover.DataPlane.Metadata;

/// <summary>Chooses the form of an answer by the Accept header.</summary>
public static class AcceptHeader
{
    private static readonly (string Type, MetadataForm Form)[] Offers =
    [
        ("text/plain", MetadataForm.Text),
        ("application/json", MetadataForm.Json),
        ("application/yaml", MetadataForm.Yaml),
        ("application/x-yaml", MetadataForm.Yaml),
        ("text/yaml", MetadataForm.Yaml),
        ("text/x-yaml", MetadataForm.Yaml),
    ];

    /// <summary>The form with the highest quality; of equal ones the more exactly named, else the first. Text where nothing fits.</summary>
    public static MetadataForm Choose(string? accept)
    {
        var wishes = Parse(accept ?? "");
        var best = (Form: MetadataForm.Text, Quality: -1.0, Exact: -1);
        foreach (var (type, form) in Offers)
            foreach (var (wish, quality) in wishes)
                if (quality > 0 && Exactness(wish, type) is >= 0 and var exact && (quality > best.Quality || (quality == best.Quality && exact > best.Exact)))
                    best = (form, quality, exact);
        return best.Form;
    }

    private static int Exactness(string wish, string type)
        => wish == type ? 2 : wish == "*/*" ? 0 : wish.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(wish[..^1], StringComparison.Ordinal) ? 1 : -1;

    private static List<(string Type, double Quality)> Parse(string accept)
    {
        var wishes = new List<(string, double)>();
        foreach (var part in accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(';', StringSplitOptions.TrimEntries);
            var quality = 1.0;
            foreach (var word in words.Skip(1))
                if (word.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
                    quality = double.TryParse(word.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? Math.Min(q, 1) : 0;
            wishes.Add((words[0].ToLowerInvariant(), quality));
        }

        return wishes;
    }
}
