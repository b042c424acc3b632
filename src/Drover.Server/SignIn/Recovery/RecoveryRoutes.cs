using System.Text;
using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Drover.Server.SignIn.Sessions;
using Drover.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Server.SignIn.Recovery;

/// <summary>`/recover`: takes the secret that `drover server recover` printed and opens a session of the administrator, whatever provider is configured.</summary>
public sealed partial class RecoveryRoutes(ServerParts parts, SignInThrottle throttle)
{
    private const int MostBytes = 1024;

    private const string Page = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Drover recovery</title><link rel="stylesheet" href="/setup/page.css"></head>
        <body><main><h1>Drover</h1><p>Paste the secret that <code>drover server recover</code> printed.</p>
        <form method="post" action="/recover"><input name="secret" type="password" autocomplete="off" autofocus required><button>Continue</button></form>
        <p id="wrong" hidden>That is not the secret, or its time is over.</p></main><script src="/recover/page.js"></script></body></html>
        """;

    private const string Script = """
        const wrong = document.getElementById("wrong");
        async function enter(secret) {
          const answer = await fetch("/recover", {method: "POST", body: secret, headers: {"Content-Type": "text/plain"}});
          if (answer.ok) location.replace("/"); else wrong.hidden = false;
        }
        document.querySelector("form").addEventListener("submit", event => {
          event.preventDefault();
          enter(event.target.elements.secret.value);
        });
        const brought = location.hash.slice(1);
        history.replaceState(null, "", location.pathname);
        if (brought) enter(brought);
        """;

    private readonly ILogger _log = parts.Logs.CreateLogger<RecoveryRoutes>();

    public void Register()
    {
        parts.Route(new ServerRoute("/recover", RouteRule.Anyone, AnswerAsync));
        parts.Route(new ServerRoute("/recover/page.js", RouteRule.Anyone, (http, _) => SendAsync(http, "text/javascript", Script)));
    }

    private async Task AnswerAsync(HttpContext http, Caller? caller)
    {
        if (http.Request.Method != "POST")
        {
            await SendAsync(http, "text/html", Page);
            return;
        }

        var address = SignInService.AddressOf(http.Request);
        if (!SetupGate.IsSameOrigin(http.Request)) throw new ProblemException(Problem.Forbidden());
        throttle.Take("recovery", address);
        var buffer = new byte[MostBytes];
        var length = await http.Request.Body.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, http.RequestAborted);
        var secret = Encoding.UTF8.GetString(buffer, 0, length).Trim();
        if (parts.Options.DataFolder is not { } folder || !RecoverySecret.Use(folder, secret, parts.Time.GetUtcNow()))
            throw SignInAccounts.Unauthorized();
        throttle.Right("recovery", address);
        var key = parts.Ids.NewSecret();
        var name = await parts.Store.WriteAsync(tx => Open(tx, key), http.RequestAborted);
        Recovered(_log, address, name);
        http.Response.Cookies.Append(SessionKeys.Cookie, key, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Web.BrowserLogins.IsSecure(http.Request), Path = "/" });
        await SendAsync(http, "application/json", JsonSerializer.Serialize(new { type = "token", jwt = key }));
    }

    /// <summary>A session of the first administrator; where none is active, the built-in one is again.</summary>
    private static string? Open(WriteTx tx, string key)
    {
        if (!tx.View.All<Account>().Any(e => SignInAccounts.IsActive(e) && e.Wanted is Account { Kind: "admin" }))
        {
            var builtIn = tx.View.Find<Account>(FirstStart.AdminId) ?? throw new ProblemException(Problem.NotFound());
            tx.Put((Account)builtIn.Wanted with { Kind = "admin", RemoveRequested = false });
            tx.PutSeen(builtIn.Kind.Family, builtIn.Id, builtIn.Seen with { State = "active", Generation = builtIn.Wanted.Generation, Failed = false });
        }

        var admin = SignInAccounts.FirstAdmin(tx.View);
        var self = Identities.Own(admin, null);
        SessionTable.Begin(tx, admin.Id, SessionTable.Recovery, new SessionFacts(self, [self], "recovery", null), key);
        return admin.Name;
    }

    private static Task SendAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recovery secret was used from {Address}: signed in as {Name}")]
    private static partial void Recovered(ILogger log, string address, string? name);
}
