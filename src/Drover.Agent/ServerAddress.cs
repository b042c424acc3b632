namespace Drover.Agent;

/// <summary>Addresses of servers as people and 1.6's commands write them.</summary>
public static class ServerAddress
{
    /// <summary>The server's address and, in the form "http://server:8080/v1/scripts/TOKEN", the token. Throws <see cref="FormatException"/> with a sentence for people.</summary>
    public static (Uri Url, string? Token) Parse(string text)
    {
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Host.Length == 0)
            throw new FormatException("The server's address must be like http://SERVER:8080");

        var parts = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var api = Array.FindIndex(parts, part => part is "v1" or "v2-beta" or "v1-catalog");
        var token = parts is [.., "scripts", var last] ? Uri.UnescapeDataString(last) : null;
        var path = string.Join('/', api < 0 ? parts : parts[..api]);
        return (new UriBuilder(url.Scheme, url.Host, url.Port, path.Length == 0 ? "/" : $"/{path}/").Uri, token);
    }
}
