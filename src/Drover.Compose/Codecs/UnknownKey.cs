using Drover.Compose.Yaml;

namespace Drover.Compose.Codecs;

/// <summary>Refuses a key that nobody knows, and names the one that was likely meant.</summary>
internal static class UnknownKey
{
    public static void Refuse(YamlEntry entry, Spot spot, IEnumerable<string> known) =>
        Refuse(entry, spot.Key.Child(entry.Key), spot.Findings, known);

    public static void Refuse(YamlEntry entry, KeyPath key, Findings findings, IEnumerable<string> known)
    {
        if (findings.IsFull)
            return;
        var near = Nearest(entry.Key, known);
        var message = near is null ? "is not a known key" : $"is not a known key; did you mean '{near}'?";
        findings.Refuse(entry.KeyPlace, key, ComposeCodes.UnknownKey, message);
    }

    /// <summary>The known key with the fewest changed letters, if those are at most a third of the key.</summary>
    public static string? Nearest(string key, IEnumerable<string> known)
    {
        if (key.Length > 64)
            return null;
        var written = key.Replace('-', '_').ToLowerInvariant();
        var best = known.Select(name => (Name: name, Changes: Distance(written, name))).MinBy(pair => pair.Changes);
        return best.Name is not null && best.Changes <= Math.Max(1, key.Length / 3) ? best.Name : null;
    }

    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
            row[column] = column;
        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var above = row[column];
                var changed = diagonal + (left[line - 1] == right[column - 1] ? 0 : 1);
                row[column] = Math.Min(changed, Math.Min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
