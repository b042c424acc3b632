using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Audit;
using Drover.Server.SignIn.Configs;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn.Web;

/// <summary>`/v1-auth/oidc`: the way of a browser to an OpenID Connect provider and back.</summary>
public sealed partial class OidcRoutes(SignInService signIn, OidcProvider provider, BrowserLogins logins, ResourceStore store, AuditTrail audit, ILogger<OidcRoutes> log)
{
    public const string LoginPath = "/v1-auth/oidc/login";
    public const string CallbackPath = "/v1-auth/oidc/callback";

    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute(LoginPath, RouteRule.Anyone, (http, _) => LoginAsync(http)));
        parts.Route(new ServerRoute(CallbackPath, RouteRule.Anyone, (http, _) => CallbackAsync(http)));
    }

    private async Task LoginAsync(HttpContext http)
    {
        var values = Values();
        var login = logins.Begin(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(await provider.AuthorizeUrlAsync(values, login, Callback(http.Request), http.RequestAborted));
    }

    private async Task CallbackAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (logins.Take(http.Request.Query["state"], http.Request) is not { Leaves: false } login)
        {
            BrowserLogins.Fail(http, "/login", 401);
            return;
        }

        try
        {
            if (http.Request.Query["code"].ToString() is not { Length: > 0 } code) throw SignInAccounts.Unauthorized();
            var who = await provider.ExchangeAsync(Values(), login, code, Callback(http.Request), http.RequestAborted);
            var session = await signIn.BeginAsync(provider.Config, who, login.Admitted, http.RequestAborted);
            await audit.NoteSessionAsync(http, SignInService.CallerOf(session.Account.Id), "create");
            BrowserLogins.Finish(http, session, login.ReturnTo, readable: false);
        }
        catch (ProblemException refused)
        {
            Refused(log, refused.Problem.Detail ?? refused.Problem.Message);
            BrowserLogins.Fail(http, login.ReturnTo, refused.Problem.Status);
        }
    }

    private ProviderValues Values()
    {
        var view = store.Current;
        return signIn.Configured(view) == provider ? new ProviderValues(provider.Config, view) : throw new ProblemException(Problem.NotFound());
    }

    /// <summary>The address that the provider knows: under the set host, else under the one that the browser used.</summary>
    private string Callback(HttpRequest request)
        => Origin.Public(store.Current, request) + CallbackPath;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in through OpenID Connect was refused: {Reason}")]
    private static partial void Refused(ILogger log, string? reason);
}
