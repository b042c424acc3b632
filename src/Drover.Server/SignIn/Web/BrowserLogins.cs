using System.Security.Cryptography;
using System.Text;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.SignIn.Sessions;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.SignIn.Web;

/// <summary>A browser that was sent to an identity provider and is awaited back.</summary>
/// <param name="Id">Named in what comes back: `state` of OpenID Connect, `InResponseTo` of SAML. Good for once.</param>
/// <param name="Binding">The browser has it in a cookie: what one browser began no other ends.</param>
/// <param name="Verifier">The secret of PKCE (RFC 7636), and the nonce.</param>
/// <param name="ReturnTo">The path that it wants to see afterwards.</param>
/// <param name="End">After this it is too late.</param>
public sealed record PendingLogin(string Id, string Binding, string Verifier, string ReturnTo, DateTimeOffset End)
{
    /// <summary>Who it is, once that is proven and only the browser is missing.</summary>
    public SignedIn? Who { get; init; }

    /// <summary>True where the browser could act as the administrator when it began.</summary>
    public bool Admitted { get; init; }

    /// <summary>True for a browser that was sent to sign out.</summary>
    public bool Leaves { get; init; }

    /// <summary>Where the browser came from.</summary>
    public string From { get; init; } = "";

    /// <summary>The address under which the browser knows this server; null for the one that all know.</summary>
    public string? Site { get; init; }
}

/// <summary>Browsers on their way to an identity provider and back. Kept in memory: who is under way when a server restarts begins again.</summary>
public sealed class BrowserLogins(IdSource ids, TimeProvider time, Func<HttpRequest, bool> admits)
{
    /// <summary>The cookie of a browser under way.</summary>
    public const string Cookie = "drover-login";

    /// <summary>How long a person may take at the identity provider.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Browsers under way at once, some tens of megabytes. One place may have all of the room while nobody else needs it: everybody behind a
    /// proxy on another machine is at one place.
    /// </summary>
    public const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingLogin> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _places = new(StringComparer.Ordinal);

    /// <summary>Begins a login of the browser that asks. Throws 422 where it wants to go back to another site.</summary>
    /// <param name="http">The browser.</param>
    /// <param name="site">An address of this server besides the one that the browser used; null for none.</param>
    /// <param name="leaves">True for a browser that is sent to sign out.</param>
    public PendingLogin Begin(HttpContext http, string? site = null, bool leaves = false)
    {
        var login = new PendingLogin("_" + ids.NewSecret(), ids.NewSecret(), ids.NewSecret() + ids.NewSecret(), ReturnTo(http.Request, site), time.GetUtcNow() + Time)
        {
            Admitted = admits(http.Request),
            Leaves = leaves,
            From = SignInService.AddressOf(http.Request),
            Site = site,
        };
        Keep(login);
        http.Response.Cookies.Append(Cookie, login.Binding, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = IsSecure(http.Request), Path = "/v1-auth", MaxAge = Time });
        return login;
    }

    /// <summary>Keeps a login under its id. Where there is no room, the place with most browsers under way loses its oldest: whoever floods pushes out themselves.</summary>
    public void Keep(PendingLogin login)
    {
        lock (_lock)
        {
            if (_pending.Count >= Most)
                foreach (var over in _pending.Values.Where(p => p.End <= time.GetUtcNow()).ToList())
                    Remove(over);
            if (_pending.Count >= Most) Remove(_pending[_places.Values.MaxBy(place => place.Count)![0]]);
            _pending[login.Id] = login;
            if (!_places.TryGetValue(login.From, out var there)) _places[login.From] = there = [];
            there.Add(login.Id);
        }
    }

    /// <summary>Takes a login out, so that it cannot be used again; null for unknown and late ones.</summary>
    public PendingLogin? Take(string? id)
    {
        lock (_lock)
        {
            if (id is null || !_pending.TryGetValue(id, out var login)) return null;
            Remove(login);
            return login.End > time.GetUtcNow() ? login : null;
        }
    }

    /// <summary>The same, for the browser that began it alone.</summary>
    public PendingLogin? Take(string? id, HttpRequest request)
        => Take(id) is { } login && request.Cookies[Cookie] is { } brought
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(brought), Encoding.UTF8.GetBytes(login.Binding)) ? login : null;

    /// <summary>Hands the browser its session and sends it where it wanted to go.</summary>
    /// <param name="http">The browser.</param>
    /// <param name="session">The session.</param>
    /// <param name="returnTo">A path of this server.</param>
    /// <param name="readable">True where pages read the cookie, as 1.6's do after SAML.</param>
    public static void Finish(HttpContext http, NewSession session, string returnTo, bool readable)
    {
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = "/v1-auth" });
        http.Response.Cookies.Append(SessionKeys.Cookie, session.Key, new CookieOptions { HttpOnly = !readable, SameSite = SameSiteMode.Lax, Secure = IsSecure(http.Request), Path = "/" });
        http.Response.Redirect(returnTo);
    }

    /// <summary>Takes the session's cookie back from a browser.</summary>
    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(SessionKeys.Cookie, new CookieOptions { Path = "/" });

    /// <summary>Sends the browser back with the reason as `errCode`.</summary>
    public static void Fail(HttpContext http, string returnTo, int status)
        => http.Response.Redirect($"{returnTo}{(returnTo.Contains('?', StringComparison.Ordinal) ? '&' : '?')}errCode={status switch { 401 or 403 or 422 => status, _ => 500 }}");

    internal static bool IsSecure(HttpRequest request) => Origin.Of(request).StartsWith("https:", StringComparison.Ordinal);

    private void Remove(PendingLogin login)
    {
        _pending.Remove(login.Id);
        if (!_places.TryGetValue(login.From, out var there)) return;
        there.Remove(login.Id);
        if (there.Count == 0) _places.Remove(login.From);
    }

    /// <summary>The path to go back to; other sites are refused, as an open redirect would help whoever fishes for passwords.</summary>
    private static string ReturnTo(HttpRequest request, string? known)
    {
        var site = request.Query["redirectBackBase"].ToString().TrimEnd('/');
        var path = request.Query["redirectBackPath"].ToString();
        if (site.Length > 0 && !site.Equals(known ?? Origin.Of(request), StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(new Problem("InvalidOption", "redirectBackBase", "Only pages of this server are gone back to"));
        if (path.Length == 0) return "/";
        if (path[0] != '/' || path.Any(c => char.IsControl(c) || c == '\\') || path.StartsWith("//", StringComparison.Ordinal) || path.Length > 2000)
            throw new ProblemException(new Problem("InvalidOption", "redirectBackPath", "It is a path of this server"));
        return path;
    }
}
