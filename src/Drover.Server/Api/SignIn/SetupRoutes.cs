using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>`/setup`: takes the secret that the terminal shows and lets the browser in.</summary>
public sealed class SetupRoutes(SetupGate gate)
{
    private static readonly SecretPage Page = new(
        "/setup",
        "Drover setup",
        "Access control is off. Paste the setup secret that the server's terminal shows.",
        "That is not the secret.",
        """else fetch("/v2-beta", {headers: {"X-API-No-Challenge": "true"}}).then(answer => { if (answer.ok) location.replace("/"); });""");

    /// <summary>Registers the page and what it sends to.</summary>
    public void Register(ServerParts parts)
    {
        SecretPage.RegisterStyle(parts);
        Page.Register(parts, EnterAsync);
    }

    private async Task EnterAsync(HttpContext http)
    {
        var secret = await SecretPage.ReadAsync(http.Request);
        if (gate.Enter(secret) is not { } session) throw new ProblemException(Problem.Unauthorized());
        http.Response.Cookies.Append(SetupGate.Cookie, session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/" });
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
