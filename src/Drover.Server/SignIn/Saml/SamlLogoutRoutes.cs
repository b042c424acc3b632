using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Sessions;
using Drover.Server.SignIn.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn.Saml;

/// <summary>`/v1-auth/saml/logout` and `slo`: a person leaves here and at the identity provider, whichever of the two is told first (SAML 2.0 Profiles, section 4.4).</summary>
public sealed partial class SamlLogoutRoutes(ServerParts parts, SignInService signIn, SamlProvider provider, BrowserLogins logins)
{
    private const string LoginPage = "/login";

    private readonly ILogger _log = parts.Logs.CreateLogger<SamlLogoutRoutes>();
    private readonly SamlReplays _replays = new();

    public void Register()
    {
        parts.Route(new ServerRoute(SamlSite.Paths + "logout", RouteRule.Anyone, (http, _) => LeaveAsync(http)));
        parts.Route(new ServerRoute(SamlSite.Paths + "slo", RouteRule.Anyone, (http, _) => ReceiveAsync(http)));
    }

    /// <summary>Ends the browser's session, then sends it to the identity provider to leave there too. A page of another site gets nobody to leave.</summary>
    private async Task LeaveAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site")
        {
            http.Response.Redirect("/");
            return;
        }

        var session = SessionTable.Find(parts.Store.Current, SessionKeys.Of(http.Request), parts.Time.GetUtcNow());
        if (session is not null) await EndAsync(http, [session]);
        BrowserLogins.Forget(http);
        http.Response.Redirect((session is null ? null : await AddressAsync(http, SessionTable.FactsOf(session))) ?? LoginPage);
    }

    /// <summary>Where the identity provider is told; null where it wants to hear of no one, or this server has no key to sign with.</summary>
    private async Task<string?> AddressAsync(HttpContext http, SessionFacts facts)
    {
        var values = new ProviderValues(provider.Config, parts.Store.Current);
        if (signIn.Configured(values.View) != provider || facts.Subject is not { } who || values["spKey"] is not { } key) return null;
        try
        {
            var metadata = await provider.MetadataAsync(values, http.RequestAborted);
            if (metadata.SignOut is not { } address) return null;
            var leaving = logins.Begin(http, leaves: true);
            return SamlRedirect.Url(address, SamlRedirect.Request, SamlRequest.Leave(metadata, SamlSite.Of(values.View), leaving.Id, who, parts.Time.GetUtcNow()), null, key);
        }
        catch (ProblemException silent)
        {
            Untold(_log, silent.Message);
            return null;
        }
    }

    /// <summary>What the identity provider sends: its answer to somebody who left here, or its own wish that somebody leaves.</summary>
    private async Task ReceiveAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var values = new ProviderValues(provider.Config, parts.Store.Current);
            if (signIn.Configured(values.View) != provider) throw new ProblemException(Problem.NotFound());
            var (site, metadata) = (SamlSite.Of(values.View), await provider.MetadataAsync(values, http.RequestAborted));
            http.Response.Redirect(http.Request.Query.ContainsKey(SamlRedirect.Response) ? Left(http.Request, metadata, site) : await ObeyAsync(http, metadata, site, values["spKey"]));
        }
        catch (SamlException refused)
        {
            Refused(_log, refused.Message);
            http.Response.Redirect(LoginPage + "?errCode=401");
        }
    }

    private string Left(HttpRequest request, SamlMetadata metadata, SamlSite site)
    {
        var id = SamlLogout.ReadAnswer(SamlRedirect.Read(request.QueryString, SamlRedirect.Response, metadata.Certificates), metadata, site);
        return logins.Take(id, request) is { Leaves: true } leaving ? leaving.ReturnTo : throw new SamlException("it answers no request that is open");
    }

    private async Task<string> ObeyAsync(HttpContext http, SamlMetadata metadata, SamlSite site, string? key)
    {
        var now = parts.Time.GetUtcNow();
        var wish = SamlLogout.ReadWish(SamlRedirect.Read(http.Request.QueryString, SamlRedirect.Request, metadata.Certificates), metadata, site, now);
        if (!_replays.Add(wish.Id, wish.End, now)) throw new SamlException("it was used before");
        var view = parts.Store.Current;
        var ended = view.All<AuthToken>().Where(session => IsMeant(session, wish)).ToList();
        var own = SessionTable.Find(view, SessionKeys.Of(http.Request), now);
        await EndAsync(http, ended);
        if (ended.Exists(session => session.Id == own?.Id)) BrowserLogins.Forget(http);
        var relay = http.Request.Query["RelayState"].ToString() is { Length: > 0 } state ? state : null;
        return metadata.SignOutAnswer is { } address && key is not null
            ? SamlRedirect.Url(address, SamlRedirect.Response, SamlRequest.Left(metadata, site, "_" + parts.Ids.NewSecret(), wish.Id, now), relay, key)
            : LoginPage;
    }

    private bool IsMeant(Entry session, SamlWish wish)
        => session is { IsRemoved: false, Wanted: AuthToken { Value: not null, Provider: { } vouched } } && vouched == provider.Config.Provider
            && SessionTable.FactsOf(session).Subject is { } who && who.IsSamePerson(wish.Who)
            && (wish.Sessions.Count == 0 || wish.Sessions.Contains(who.Index));

    private async Task EndAsync(HttpContext http, List<Entry> sessions)
    {
        await parts.Store.WriteAsync(
            tx =>
            {
                foreach (var session in sessions)
                    if (tx.View.Find<AuthToken>(session.Id) is { IsRemoved: false } current)
                        SessionTable.End(tx, current);
            },
            http.RequestAborted);
        foreach (var session in sessions) await parts.Audit.NoteSessionAsync(http, SignInService.CallerOf(session.Wanted.AccountId!.Value), "delete");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Somebody left whose identity provider cannot be told: {Reason}")]
    private static partial void Untold(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of the SAML identity provider about somebody who leaves was refused: {Reason}")]
    private static partial void Refused(ILogger log, string reason);
}
