using System.Collections.Frozen;

namespace Drover.Server.Streams.Proxy;

/// <summary>
/// What passes between a client and a container's web server. A container's page stands under the server's own name, so nothing of the server's
/// goes in, and nothing comes out that would speak for the server as a whole (docs/decisions/0017).
/// </summary>
public static class ProxiedHeaders
{
    /// <summary>What scripts of a container's page may do: without `allow-same-origin` a browser takes the page for a site of its own.</summary>
    public const string Sandbox = "sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads";

    /// <summary>The names of cookies that containers set begin with this on the client's side; no other cookie goes in.</summary>
    public const string CookiePrefix = "drover-r-";

    /// <summary>RFC 9110 section 7.6.1, and what both ends write anew.</summary>
    private static readonly FrozenSet<string> OfOneHop = Names(
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    private static readonly FrozenSet<string> KeptFromContainers = Names(
        "Authorization", "Cookie", "Host", "Expect", "X-Drover", "X-ENFORCE-AUTHENTICATION", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix");

    /// <summary>These speak for a whole origin: they would clear, pin, reroute or report on the server's own pages, or ask people and browsers for what those know of it; and a page in a sandbox is refused with an opener policy.</summary>
    private static readonly FrozenSet<string> KeptFromClients = Names(
        "Set-Cookie", "Set-Cookie2", "Clear-Site-Data", "Strict-Transport-Security", "Public-Key-Pins", "Expect-CT", "Alt-Svc", "NEL", "Report-To", "Reporting-Endpoints",
        "Service-Worker-Allowed", "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Origin-Agent-Cluster", "X-Content-Type-Options", "Content-Security-Policy", "Location",
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Referrer-Policy", "Secure-Session-Registration", "Sec-Session-Registration", "Set-Login", "Accept-CH", "Critical-CH",
        "Use-As-Dictionary", "WWW-Authenticate");

    /// <summary>True for a header of a request that a container gets as it is.</summary>
    public static bool GoesIn(string name)
        => !OfOneHop.Contains(name) && !KeptFromContainers.Contains(name) && !name.StartsWith("X-API-", StringComparison.OrdinalIgnoreCase) && !name.StartsWith(':');

    /// <summary>True for a header of an answer that a client gets as it is.</summary>
    public static bool ComesOut(string name, string value)
        => !OfOneHop.Contains(name) && !KeptFromClients.Contains(name) && IsText(value);

    /// <summary>True for what may stand in a header.</summary>
    public static bool IsText(string value) => value.All(c => c is '\t' or (>= ' ' and not (char)127 and <= (char)255));

    /// <summary>A client's cookies as the container knows them; null where it has set none.</summary>
    public static string? CookiesIn(IEnumerable<string?> headers)
    {
        var own = headers.SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Where(cookie => cookie.StartsWith(CookiePrefix, StringComparison.Ordinal))
            .Select(cookie => cookie[CookiePrefix.Length..]);
        return string.Join("; ", own) is { Length: > 0 } all ? all : null;
    }

    /// <summary>A container's cookie, renamed and held to the container's own paths; null where it is none. Scripts do not get it.</summary>
    /// <param name="cookie">The value of Set-Cookie.</param>
    /// <param name="mount">What stands before the container's paths.</param>
    /// <param name="isSecure">True where the client speaks TLS.</param>
    public static string? CookieOut(string cookie, string mount, bool isSecure)
    {
        var parts = cookie.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0].IndexOf('=', StringComparison.Ordinal) <= 0 || !IsText(cookie)) return null;
        var path = Attribute(parts, "Path") is { } asked && asked.StartsWith('/') ? asked : "/";
        var kept = parts.Skip(1).Where(part => IsNamed(part, "Expires") || IsNamed(part, "Max-Age"));
        return string.Join("; ", [CookiePrefix + parts[0], $"Path={mount}{path}", "HttpOnly", "SameSite=Lax", .. kept, .. isSecure ? ["Secure"] : Array.Empty<string>()]);
    }

    /// <summary>Where a container sends the client, as an address of the client's side.</summary>
    /// <param name="location">What the container says.</param>
    /// <param name="mount">What stands before the container's paths; null where they stand alone.</param>
    /// <param name="authority">Host and port as the client asked for them.</param>
    public static string LocationOut(string location, string? mount, string authority)
    {
        if (mount is null) return location;
        var path = location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) ? location
            : Uri.TryCreate(location, UriKind.Absolute, out var there) && there.Scheme is "http" or "https" && there.Authority.Equals(authority, StringComparison.OrdinalIgnoreCase) ? there.PathAndQuery + there.Fragment
            : null;
        if (path is null) return location;
        return path == mount || path.StartsWith(mount + "/", StringComparison.Ordinal) ? path : mount + path;
    }

    /// <summary>A query without the parameter that let its sender in.</summary>
    public static string WithoutToken(string query) => Without(query, "token");

    /// <summary>A query without the mark that a browser repeats (api-semantics.md section 15).</summary>
    public static string WithoutMark(string query) => Without(query, "CSRF");

    private static string Without(string query, string name)
    {
        var kept = query.TrimStart('?').Split('&').Where(pair => Uri.UnescapeDataString(pair.Split('=')[0]) != name);
        return string.Join('&', kept) is { Length: > 0 } rest ? "?" + rest : "";
    }

    private static string? Attribute(string[] parts, string name)
        => parts.Skip(1).FirstOrDefault(part => IsNamed(part, name)) is { } found ? found[(found.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim() : null;

    private static bool IsNamed(string part, string name)
        => part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && part.AsSpan(0, at).Trim().Equals(name, StringComparison.OrdinalIgnoreCase);

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
