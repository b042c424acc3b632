using System.Security.Cryptography;
using System.Text;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Settings;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>The cookies that browsers get: the CSRF mark that writes must repeat, and the product's name (api-semantics.md section 15).</summary>
public static class BrowserCookies
{
    private const string Mark = "CSRF";
    private const string Product = "PL";
    private const string Language = "LANG";

    /// <summary>True for what calls itself a browser.</summary>
    public static bool IsBrowser(HttpRequest request) => request.Headers.UserAgent.ToString().Contains("mozilla", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sets the cookies; throws 403 where a browser's write does not repeat the mark that it was given.</summary>
    public static void Check(HttpContext http, Snapshot view, IdSource ids)
    {
        var request = http.Request;
        if (IsFromAnotherSite(request)) throw new ProblemException(new Problem("InvalidCSRFToken", Message: "A page of another site sent this", Status: 403));
        Tell(http, Product, SettingsTable.Value(view, "ui.pl"));
        Tell(http, Language, SettingsTable.Value(view, "localization"));
        if (!IsBrowser(request)) return;
        var mark = request.Cookies[Mark];
        if (mark is not null && request.Method is not ("GET" or "HEAD") && !Same(mark, Repeated(request)))
            throw new ProblemException(new Problem("InvalidCSRFToken", Message: "CSRF header and cookie do not match", Status: 403));
        http.Response.Cookies.Append(Mark, mark ?? Convert.ToHexString(ids.Bytes(5)), Lasting(request));
    }

    /// <summary>Sets a cookie to the value of a setting where the caller has another one; an empty or odd value is left alone (api-semantics.md section 2).</summary>
    private static void Tell(HttpContext http, string cookie, string? value)
    {
        if (value is { Length: > 0 } && http.Request.Cookies[cookie] != value && value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            http.Response.Cookies.Append(cookie, value, Lasting(http.Request));
    }

    /// <summary>True for writes and sockets that a page of another site makes a browser send: the mark alone does not stop what comes without it.</summary>
    internal static bool IsFromAnotherSite(HttpRequest request)
    {
        // A browser also repeats, by itself, a key that its user typed into its dialog; a program with a key has no other site.
        if (!IsBrowser(request) && (!request.Cookies.ContainsKey(SessionKeys.Cookie) || request.Headers.ContainsKey("Authorization"))) return false;
        return (request.Method is not ("GET" or "HEAD") || request.HttpContext.WebSockets.IsWebSocketRequest) && !SetupGate.IsSameOrigin(request) && !IsForwardedTo(request);
    }

    /// <summary>A proxy may rewrite Host and name the old one and its port beside it; pages cannot set those headers.</summary>
    private static bool IsForwardedTo(HttpRequest request)
        => Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var page)
            && (page.Authority.Equals(request.Headers["X-Forwarded-Host"].ToString().Split(',')[0].Trim(), StringComparison.OrdinalIgnoreCase)
                || (Uri.TryCreate(Origin.Of(request), UriKind.Absolute, out var own) && page.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase)));

    private static string Repeated(HttpRequest request)
        => request.Headers.TryGetValue("X-API-CSRF", out var header) ? header.ToString() : request.Query[Mark].ToString();

    private static bool Same(string mark, string repeated)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mark), Encoding.UTF8.GetBytes(repeated));

    /// <summary>Pages read both, so neither is HttpOnly.</summary>
    private static CookieOptions Lasting(HttpRequest request) => new() { Path = "/", SameSite = SameSiteMode.Lax, Secure = request.IsHttps };
}
