using System.Text;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>`/setup`: takes the secret that the terminal shows and lets the browser in.</summary>
public sealed class SetupRoutes(SetupGate gate)
{
    private const int MaxSecret = 1024;

    /// <summary>The printed URL carries the secret behind "#", so that it stays out of logs; the page sends it and leaves.</summary>
    private const string Page = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Drover setup</title><link rel="stylesheet" href="/setup/page.css"></head>
        <body><main><h1>Drover</h1><p>Access control is off. Paste the setup secret that the server's terminal shows.</p>
        <form method="post" action="/setup"><input name="secret" type="password" autocomplete="off" autofocus required><button>Continue</button></form>
        <p id="wrong" hidden>That is not the secret.</p></main><script src="/setup/page.js"></script></body></html>
        """;

    private const string Style = "body{font:16px system-ui;background:#f4f6f8;color:#1c2733}main{max-width:26rem;margin:15vh auto;background:#fff;padding:2rem;border-radius:.5rem}input,button{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin-top:.5rem}#wrong{color:#b42318}";

    private const string Script = """
        const wrong = document.getElementById("wrong");
        async function enter(secret) {
          const answer = await fetch("/setup", {method: "POST", body: secret, headers: {"Content-Type": "text/plain"}});
          if (answer.ok) location.replace("/"); else wrong.hidden = false;
        }
        document.querySelector("form").addEventListener("submit", event => {
          event.preventDefault();
          enter(event.target.elements.secret.value);
        });
        const brought = location.hash.slice(1);
        history.replaceState(null, "", location.pathname);
        if (brought) enter(brought);
        else fetch("/v2-beta", {headers: {"X-API-No-Challenge": "true"}}).then(answer => { if (answer.ok) location.replace("/"); });
        """;

    /// <summary>Registers the page and what it sends to.</summary>
    public void Register(ServerParts parts)
    {
        parts.Route(new ServerRoute("/setup", RouteRule.Anyone, AnswerAsync));
        parts.Route(new ServerRoute("/setup/page.css", RouteRule.Anyone, (http, _) => SendAsync(http, "text/css", Style)));
        parts.Route(new ServerRoute("/setup/page.js", RouteRule.Anyone, (http, _) => SendAsync(http, "text/javascript", Script)));
    }

    private async Task AnswerAsync(HttpContext http, Caller? caller)
    {
        if (http.Request.Method != "POST")
        {
            await SendAsync(http, "text/html", Page);
            return;
        }

        if (!SetupGate.IsSameOrigin(http.Request)) throw new ProblemException(Problem.Forbidden());
        var secret = await ReadAsync(http.Request);
        if (gate.Enter(secret) is not { } session) throw new ProblemException(new Problem("Unauthorized", Message: "Unauthorized", Status: 401));
        http.Response.Cookies.Append(SetupGate.Cookie, session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/" });
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        var buffer = new byte[MaxSecret];
        var length = await request.Body.ReadAtLeastAsync(buffer, MaxSecret, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }

    private static Task SendAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
