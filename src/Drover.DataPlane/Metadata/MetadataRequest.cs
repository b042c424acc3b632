using System.Text;

namespace Drover.DataPlane.Metadata;

/// <summary>What an HTTP request asks for.</summary>
/// <param name="Path">As sent, still escaped.</param>
/// <param name="Query">As sent, without the question mark.</param>
/// <param name="Accept">The header's values, joined; null where there is none.</param>
/// <param name="KeepsAlive">True where another request may follow on the connection.</param>
public sealed record MetadataRequest(string Method, string Path, string Query = "", string? Accept = null, bool KeepsAlive = true)
{
    /// <summary>Bytes that request line and headers may have.</summary>
    public const int MaxHeadBytes = 16 * 1024;

    /// <summary>The decoded parts of the path; null for an escape that is none. Slashes at the end and doubled ones do not count.</summary>
    public IReadOnlyList<string>? Segments
    {
        get
        {
            var parts = Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var decoded = parts.Select(QueryUnescape).OfType<string>().ToList();
            return decoded.Count == parts.Length ? decoded : null;
        }
    }

    /// <summary>The first value of a query parameter, decoded; null where it is not there.</summary>
    public string? Parameter(string name)
        => Query.Split('&')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => QueryUnescape(pair[0]) == name)
            .Select(pair => pair.Length > 1 ? QueryUnescape(pair[1]) ?? "" : "")
            .FirstOrDefault();

    /// <summary>Reads the head of an HTTP/1 request, without the empty line; null for a malformed one. Never throws.</summary>
    public static MetadataRequest? Read(ReadOnlySpan<byte> head)
    {
        if (head.IndexOfAnyInRange((byte)0, (byte)8) >= 0) return null;
        var lines = Encoding.Latin1.GetString(head).Split('\n');
        var words = lines[0].TrimEnd('\r').Split(' ');
        if (words.Length != 3 || words[0].Length == 0 || words[2] is not ("HTTP/1.1" or "HTTP/1.0")) return null;
        var request = new MetadataRequest(words[0], "", KeepsAlive: words[2] == "HTTP/1.1");
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || char.IsWhiteSpace(line[0]) || char.IsWhiteSpace(line[colon - 1])) return null;
            request = request.With(line[..colon], line[(colon + 1)..].Trim());
        }

        return Target(words[1]) is var (path, query) ? request with { Path = path, Query = query } : null;
    }

    private MetadataRequest With(string header, string value) => header.ToLowerInvariant() switch
    {
        "accept" => this with { Accept = Accept is null ? value : $"{Accept},{value}" },
        "connection" when value.Contains("close", StringComparison.OrdinalIgnoreCase) => this with { KeepsAlive = false },

        // A body is not read, so that nothing can follow it.
        "content-length" when value != "0" => this with { KeepsAlive = false },
        "transfer-encoding" => this with { KeepsAlive = false },
        _ => this,
    };

    private static (string Path, string Query)? Target(string target)
    {
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = target.IndexOf('/', "http://".Length);
            target = slash < 0 ? "/" : target[slash..];
        }

        if (!target.StartsWith('/')) return null;
        target = target.Split('#')[0];
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    private static string? QueryUnescape(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0 && Ascii(text)) return text;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+') bytes.Add((byte)' ');
            else if (text[i] != '%') bytes.Add((byte)text[i]);
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else return null;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool Ascii(string text) => System.Text.Ascii.IsValid(text);
}
