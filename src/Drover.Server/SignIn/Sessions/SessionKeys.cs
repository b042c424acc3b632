using System.Security.Cryptography;
using System.Text;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn.Sessions;

/// <summary>The keys of sessions: where a request carries one (api-auth.md section 2), and how they are kept.</summary>
public static class SessionKeys
{
    /// <summary>The cookie that browsers keep it in.</summary>
    public const string Cookie = "token";

    private const string BasicUser = "x-api-bearer";
    private const string Bearer = "Bearer ";

    /// <summary>The session key of a request: cookie before header before query; whatever stands in one hides those after it. Null where there is none.</summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Cookies[Cookie]?.Trim() is { Length: > 0 } cookie) return BrowserCookies.IsFromAnotherSite(request) ? null : cookie; // browsers add it to whatever a foreign page sends
        var header = request.Headers.Authorization.ToString().Trim();
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        if (header.Length > 0) return header;
        return request.Query["token"].ToString() is { Length: > 0 } parameter ? parameter : null;
    }

    /// <summary>True where a caller was let in by the key in the query: what is sent on must leave it out.</summary>
    public static bool IsInQuery(HttpRequest request, Caller caller)
        => caller.SessionId is not null && !request.Cookies.ContainsKey(Cookie) && !request.Headers.ContainsKey("Authorization");

    /// <summary>The session key that stands as the password of HTTP Basic; null where the pair is another.</summary>
    public static string? Of(BasicPair pair)
        => pair.User == BasicUser || pair.User.StartsWith(BasicUser + "=", StringComparison.Ordinal) ? pair.Password : null;

    /// <summary>The project that "x-api-bearer=ID" names; null where it names none.</summary>
    public static string? ProjectOf(HttpRequest request)
        => BasicPair.Of(request) is { User: var user } && user.StartsWith(BasicUser + "=", StringComparison.Ordinal) ? user[(BasicUser.Length + 1)..] : null;

    /// <summary>What is stored of a key: 160 bits of its SHA-256. A key is random, so that it needs neither salt nor a slow hash.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40];
}
