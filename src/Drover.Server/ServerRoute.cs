using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server;

/// <summary>Who may ask for a path outside of the resource API.</summary>
public enum RouteRule
{
    /// <summary>Anybody, without credentials.</summary>
    Anyone,

    /// <summary>Whoever may use the API at all.</summary>
    Caller,

    /// <summary>The same, for addresses that people open in a browser: strangers are sent to sign in.</summary>
    Page,

    /// <summary>An agent's key.</summary>
    Agent,

    /// <summary>A registration token.</summary>
    RegistrationToken,

    /// <summary>The token of one stream, which the route takes itself.</summary>
    StreamToken,
}

/// <summary>A path outside of the resource API.</summary>
/// <param name="Path">The path; one that ends in "/" stands for all below it.</param>
/// <param name="Rule">Who may ask.</param>
/// <param name="Answer">Answers; the caller is null for <see cref="RouteRule.Anyone"/>.</param>
public sealed record ServerRoute(string Path, RouteRule Rule, Func<HttpContext, Caller?, Task> Answer)
{
    public bool Matches(PathString path)
        => Path.EndsWith('/') ? path.Value!.StartsWith(Path, StringComparison.OrdinalIgnoreCase) : path.Value!.Equals(Path, StringComparison.OrdinalIgnoreCase);
}
