using System.Text;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>User name and password of HTTP Basic.</summary>
public sealed record BasicPair(string User, string Password)
{
    /// <summary>The pair of a request; null where there is none or it is rubbish.</summary>
    public static BasicPair? Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || header.Length > 8192) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        return text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? new BasicPair(text[..colon], text[(colon + 1)..]) : null;
    }
}
