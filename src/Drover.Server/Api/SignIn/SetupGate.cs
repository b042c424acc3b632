using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>Who may use the API while access control is off: callers on this machine itself, and browsers that brought the setup secret.</summary>
/// <param name="secret">The setup secret that the terminal shows.</param>
/// <param name="time">Sessions end.</param>
/// <param name="open">True lets everybody in, as Rancher 1.6 does.</param>
public sealed class SetupGate(string secret, TimeProvider time, bool open)
{
    /// <summary>The cookie of a browser that brought the secret.</summary>
    public const string Cookie = "drover-setup";

    private static readonly TimeSpan SessionTime = TimeSpan.FromDays(30);
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>True where the request may act as the administrator.</summary>
    public bool Admits(HttpRequest request)
    {
        if (open) return true;
        if (!IsSameOrigin(request)) return false;
        return IsFromThisMachine(request) || (request.Cookies[Cookie] is { } cookie && IsSession(cookie));
    }

    /// <summary>The cookie's value for a browser that brought the right secret; null for a wrong one.</summary>
    public string? Enter(string brought)
        => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(brought)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)))
            ? Session(time.GetUtcNow() + SessionTime)
            : null;

    /// <summary>True where both ends of the connection are this machine, no proxy stands between, and the name asked for is an address of it.</summary>
    public static bool IsFromThisMachine(HttpRequest request)
    {
        var connection = request.HttpContext.Connection;
        if (connection.RemoteIpAddress is not { } peer) return false;
        if (!IPAddress.IsLoopback(peer) && !peer.Equals(connection.LocalIpAddress)) return false;
        // A proxy that was set up with its address alone sends none of those headers, but often speaks HTTP/1.0, as no client does.
        return !ForwardingHeaders.Any(request.Headers.ContainsKey) && request.Protocol is not "HTTP/1.0" && IsOwnName(request.Host.Host);
    }

    /// <summary>False where a page of another site sent the request: browsers name it in Origin or Sec-Fetch-Site.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Origin", out var origins))
        {
            var origin = origins.ToString();
            return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase);
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" || request.Headers["Sec-Fetch-Mode"].ToString() is "navigate";
    }

    /// <summary>Names can be pointed anywhere by whoever owns them (DNS rebinding); addresses and localhost cannot.</summary>
    private static bool IsOwnName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    private string Session(DateTimeOffset end)
    {
        var stamp = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{stamp}.{Sign(stamp)}";
    }

    private bool IsSession(string cookie)
        => cookie.Split('.') is [var stamp, var sign]
            && long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            && end > time.GetUtcNow().ToUnixTimeSeconds()
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sign), Encoding.UTF8.GetBytes(Sign(stamp)));

    private string Sign(string stamp)
        => Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("setup session " + stamp)));
}
