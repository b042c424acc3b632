using System.Text;
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
    public const string LoginPath = "/v1-auth/saml/login";
    private const string Root = "/v1-auth/saml/";
    private const int MostBytes = 2 * SamlXml.MostCharacters;

    private readonly ILogger _log = parts.Logs.CreateLogger<SamlRoutes>();
    private readonly SamlReplays _replays = new();

    public void Register()
    {
        parts.Route(new ServerRoute(LoginPath, RouteRule.Anyone, (http, _) => LoginAsync(http)));
        parts.Route(new ServerRoute(Root + "acs", RouteRule.Anyone, (http, _) => ConsumeAsync(http)));
        parts.Route(new ServerRoute(Root + "finish", RouteRule.Anyone, (http, _) => FinishAsync(http)));
        parts.Route(new ServerRoute(Root + "metadata", RouteRule.Anyone, (http, _) => MetadataAsync(http)));
    }

    private async Task LoginAsync(HttpContext http)
    {
        var values = Values();
        var metadata = await provider.MetadataAsync(values, http.RequestAborted);
        var login = logins.Begin(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(SamlRequest.Url(metadata, login.Id, EntityId(http.Request), Consumer(http.Request), values["spKey"], parts.Time.GetUtcNow()));
    }

    private async Task ConsumeAsync(HttpContext http)
    {
        if (http.Request.Method != "POST") throw new ProblemException(new Problem("Method not allowed", Message: "Method not allowed", Status: 405));
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var values = Values();
            var expected = new SamlExpectation(await provider.MetadataAsync(values, http.RequestAborted), EntityId(http.Request), Consumer(http.Request), values["spKey"], parts.Time.GetUtcNow());
            var assertion = SamlResponse.Read(await AnswerAsync(http.Request), expected);
            if (!_replays.Add(assertion.Id, assertion.End, expected.Now)) throw new SamlException("it was used before");
            var login = logins.Take(assertion.InResponseTo) ?? throw new SamlException("it answers no request that is open");
            // A new name: what the identity provider saw is used up.
            var ticket = login with { Id = parts.Ids.NewSecret(), Who = provider.Read(values, assertion) };
            logins.Keep(ticket);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = $"{Root}finish?ticket={ticket.Id}";
        }
        catch (SamlException refused)
        {
            Refused(_log, refused.Message);
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = "/login?errCode=401";
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
            BrowserLogins.Finish(http, await signIn.BeginAsync(provider.Config, who, login.Admitted, http.RequestAborted), login.ReturnTo, readable: true);
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
        return http.Response.WriteAsync(SamlRequest.Metadata(EntityId(http.Request), Consumer(http.Request), values["spCert"]), http.RequestAborted);
    }

    /// <summary>The XML in the form field SAMLResponse.</summary>
    private static async Task<byte[]> AnswerAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength is null or > MostBytes) throw new SamlException("it is no form, or too large");
        var form = await new StreamReader(request.Body, Encoding.UTF8).ReadToEndAsync(request.HttpContext.RequestAborted);
        var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form);
        try
        {
            return fields.TryGetValue("SAMLResponse", out var text) && text.Count == 1 ? Convert.FromBase64String(text.ToString()) : throw new SamlException("there is no SAMLResponse in it");
        }
        catch (FormatException)
        {
            throw new SamlException("its SAMLResponse is no base64");
        }
    }

    private ProviderValues Values()
    {
        var view = parts.Store.Current;
        return signIn.Configured(view) == provider ? new ProviderValues(provider.Config, view) : throw new ProblemException(Problem.NotFound());
    }

    private string Site(HttpRequest request) => SettingsTable.Value(parts.Store.Current, "api.host") is { Length: > 0 } host ? host.TrimEnd('/') : Origin.Of(request);

    private string EntityId(HttpRequest request) => Site(request) + Root + "metadata";

    private string Consumer(HttpRequest request) => Site(request) + Root + "acs";

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer of the SAML identity provider was refused: {Reason}")]
    private static partial void Refused(ILogger log, string reason);
}
