using System.Text;
using System.Text.Encodings.Web;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Settings;
using Drover.Server.SignIn.Configs;
using Drover.Server.SignIn.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn.Saml;

/// <summary>
/// `/v1-auth/saml`: the way of a browser to a SAML identity provider and back. The answer comes as a post from another site, without this
/// site's cookies; so the browser is sent on once more, and only the one that began gets the session.
/// </summary>
public sealed partial class SamlRoutes(ServerParts parts, SignInService signIn, SamlProvider provider, BrowserLogins logins)
{
    public const string LoginPath = SamlSite.Paths + "login";
    private const string FinishPath = SamlSite.Paths + "finish";
    private const string HandOverPath = SamlSite.Paths + "tokenhtml";
    private const string Moved = "moved";
    private const int MostBytes = 2 * SamlXml.MostCharacters;

    private readonly ILogger _log = parts.Logs.CreateLogger<SamlRoutes>();
    private readonly SamlReplays _replays = new();

    public void Register()
    {
        parts.Route(new ServerRoute(LoginPath, RouteRule.Anyone, (http, _) => LoginAsync(http)));
        parts.Route(new ServerRoute(SamlSite.Paths + "acs", RouteRule.Anyone, (http, _) => ConsumeAsync(http)));
        parts.Route(new ServerRoute(HandOverPath, RouteRule.Anyone, (http, _) => TakeOverAsync(http)));
        parts.Route(new ServerRoute(FinishPath, RouteRule.Anyone, (http, _) => FinishAsync(http)));
        parts.Route(new ServerRoute(SamlSite.Paths + "metadata", RouteRule.Anyone, (http, _) => MetadataAsync(http)));
    }

    private async Task LoginAsync(HttpContext http)
    {
        var values = Values();
        var site = SamlSite.Of(values.View);
        var known = NameFor(http.Request, site, values);
        http.Response.Headers.CacheControl = "no-store";
        if (!known.Equals(Origin.Of(http.Request), StringComparison.OrdinalIgnoreCase) && !http.Request.Query.ContainsKey(Moved))
        {
            // The browser's cookie has to be where it comes back to. A proxy may hide the name that the browser used, so it moves once at most.
            http.Response.Redirect($"{known}{LoginPath}?redirectBackBase={Uri.EscapeDataString(known)}&redirectBackPath={Uri.EscapeDataString(http.Request.Query["redirectBackPath"].ToString())}&{Moved}=1");
            return;
        }

        var metadata = await provider.MetadataAsync(values, http.RequestAborted);
        var login = logins.Begin(http, known);
        http.Response.Redirect(SamlRedirect.Url(metadata.SignOn, SamlRedirect.Request, SamlRequest.Ask(metadata, site, login.Id, parts.Time.GetUtcNow()), null, values["spKey"]));
    }

    /// <summary>The address under which a browser gets its session: the one that all know, or one of those that were set. Throws 422 for any other.</summary>
    private static string NameFor(HttpRequest request, SamlSite site, ProviderValues values)
    {
        var asked = request.Query["redirectBackBase"].ToString().TrimEnd('/');
        if (asked.Length == 0 || asked.Equals(site.Root, StringComparison.OrdinalIgnoreCase)) return site.Root;
        return SamlSite.IsAllowed(SettingsTable.Value(values.View, SignInSettings.SamlReturns), asked)
            ? asked
            : throw new ProblemException(new Problem("InvalidOption", "redirectBackBase", $"It is api.host or stands in {SignInSettings.SamlReturns}"));
    }

    private async Task ConsumeAsync(HttpContext http)
    {
        if (http.Request.Method != "POST") throw new ProblemException(Problem.NotAllowed());
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var values = Values();
            var site = SamlSite.Of(values.View);
            var expected = new SamlExpectation(await provider.MetadataAsync(values, http.RequestAborted), site.Entity, site.Consumer, values["spKey"], parts.Time.GetUtcNow());
            var assertion = SamlResponse.Read(Convert.FromBase64String(await FieldAsync(http.Request, "SAMLResponse")), expected);
            if (!_replays.Add(assertion.Id, assertion.End, expected.Now)) throw new SamlException("it was used before");
            if (logins.Take(assertion.InResponseTo) is not { Leaves: false } login) throw new SamlException("it answers no request that is open");
            // A new name: what the identity provider saw is used up.
            var ticket = login with { Id = parts.Ids.NewSecret(), Who = provider.Read(values, assertion) };
            logins.Keep(ticket);
            if (ticket.Site is { } known && !known.Equals(site.Root, StringComparison.OrdinalIgnoreCase)) await HandOverAsync(http, known, ticket.Id);
            else SendOn(http, $"{FinishPath}?ticket={ticket.Id}");
        }
        catch (Exception refused) when (refused is SamlException or FormatException)
        {
            Refused(_log, refused is SamlException ? refused.Message : "its SAMLResponse is no base64");
            SendOn(http, "/login?errCode=401");
        }
    }

    /// <summary>A page that posts the ticket to another name of this server. 1.6 posts the session's key so; a ticket is of use to the browser alone that began.</summary>
    private Task HandOverAsync(HttpContext http, string known, string ticket)
    {
        var nonce = parts.Ids.NewSecret();
        http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}'; form-action {known}; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Drover</title></head>
            <body><form method="post" action="{HtmlEncoder.Default.Encode(known + HandOverPath)}"><input type="hidden" name="token" value="{HtmlEncoder.Default.Encode(ticket)}"><noscript><button>Continue</button></noscript></form>
            <script nonce="{nonce}">document.forms[0].submit()</script></body></html>
            """,
            http.RequestAborted);
    }

    /// <summary>The post comes from another name, without this one's cookies; the browser is sent on to where it brings them.</summary>
    private static async Task TakeOverAsync(HttpContext http)
    {
        if (http.Request.Method != "POST") throw new ProblemException(Problem.NotAllowed());
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            SendOn(http, $"{FinishPath}?ticket={Uri.EscapeDataString(await FieldAsync(http.Request, "token"))}");
        }
        catch (SamlException)
        {
            SendOn(http, "/login?errCode=401");
        }
    }

    private async Task FinishAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (logins.Take(http.Request.Query["ticket"], http.Request) is not { Who: { } who } login)
        {
            BrowserLogins.Fail(http, "/login", 401);
            return;
        }

        try
        {
            var session = await signIn.BeginAsync(provider.Config, who, login.Admitted, http.RequestAborted);
            await parts.Audit.NoteSessionAsync(http, SignInService.CallerOf(session.Account.Id), "create");
            BrowserLogins.Finish(http, session, login.ReturnTo, readable: true);
        }
        catch (ProblemException refused)
        {
            BrowserLogins.Fail(http, login.ReturnTo, refused.Problem.Status);
        }
    }

    private Task MetadataAsync(HttpContext http)
    {
        var values = new ProviderValues(provider.Config, parts.Store.Current);
        http.Response.ContentType = "application/samlmetadata+xml; charset=utf-8";
        return http.Response.WriteAsync(SamlRequest.Metadata(SamlSite.Of(values.View), values["spCert"]), http.RequestAborted);
    }

    private static void SendOn(HttpContext http, string to)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = to;
    }

    /// <summary>One field of a posted form.</summary>
    private static async Task<string> FieldAsync(HttpRequest request, string name)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MostBytes) throw new SamlException("it is no form, or too large");
        var form = await new StreamReader(request.Body, Encoding.UTF8).ReadToEndAsync(request.HttpContext.RequestAborted);
        var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form);
        return fields.TryGetValue(name, out var text) && text.Count == 1 ? text.ToString() : throw new SamlException($"there is no {name} in it");
    }

    private ProviderValues Values()
    {
        var view = parts.Store.Current;
        return signIn.Configured(view) == provider ? new ProviderValues(provider.Config, view) : throw new ProblemException(Problem.NotFound());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer of the SAML identity provider was refused: {Reason}")]
    private static partial void Refused(ILogger log, string reason);
}
