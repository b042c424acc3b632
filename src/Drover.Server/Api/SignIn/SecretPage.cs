using System.Text;
using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.SignIn;

/// <summary>A page that takes a secret which somebody reads from a terminal, and what it sends to: the page itself and its script.</summary>
/// <param name="path">Where it stands.</param>
/// <param name="title">Its title.</param>
/// <param name="ask">What it asks for, as HTML.</param>
/// <param name="wrong">What it says to a wrong secret.</param>
/// <param name="otherwise">What its script does where the URL brought no secret.</param>
public sealed class SecretPage(string path, string title, string ask, string wrong, string otherwise = "")
{
    private const int MostBytes = 1024;

    private const string StylePath = "/setup/page.css";

    private const string Style = "body{font:16px system-ui;background:#f4f6f8;color:#1c2733}main{max-width:26rem;margin:15vh auto;background:#fff;padding:2rem;border-radius:.5rem}input,button{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;margin-top:.5rem}#wrong{color:#b42318}";

    /// <summary>The printed URL carries the secret behind "#", so that it stays out of logs; the page sends it and leaves.</summary>
    private readonly string _script = $$$"""
        const wrong = document.getElementById("wrong");
        async function enter(secret) {
          const answer = await fetch("{{{path}}}", {method: "POST", body: secret, headers: {"Content-Type": "text/plain"}});
          if (answer.ok) location.replace("/"); else wrong.hidden = false;
        }
        document.querySelector("form").addEventListener("submit", event => {
          event.preventDefault();
          enter(event.target.elements.secret.value);
        });
        const brought = location.hash.slice(1);
        history.replaceState(null, "", location.pathname);
        if (brought) enter(brought);
        {{{otherwise}}}
        """;

    private readonly string _page = $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="{StylePath}"></head>
        <body><main><h1>Drover</h1><p>{ask}</p>
        <form method="post" action="{path}"><input name="secret" type="password" autocomplete="off" autofocus required><button>Continue</button></form>
        <p id="wrong" hidden>{wrong}</p></main><script src="{path}/page.js"></script></body></html>
        """;

    /// <summary>Registers the page; a POST of this site goes to <paramref name="enter"/>.</summary>
    public void Register(ServerParts parts, Func<HttpContext, Task> enter)
    {
        parts.Route(new ServerRoute(path, RouteRule.Anyone, (http, _) => http.Request.Method == "POST" ? EnterAsync(http, enter) : SendAsync(http, "text/html", _page)));
        parts.Route(new ServerRoute(path + "/page.js", RouteRule.Anyone, (http, _) => SendAsync(http, "text/javascript", _script)));
    }

    /// <summary>Registers the style that all these pages share.</summary>
    public static void RegisterStyle(ServerParts parts) => parts.Route(new ServerRoute(StylePath, RouteRule.Anyone, (http, _) => SendAsync(http, "text/css", Style)));

    /// <summary>The secret that was sent; what is longer than any secret is cut.</summary>
    public static async Task<string> ReadAsync(HttpRequest request)
    {
        var buffer = new byte[MostBytes];
        var length = await request.Body.ReadAtLeastAsync(buffer, MostBytes, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        return Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }

    /// <summary>Sends text that no cache keeps and no page frames.</summary>
    public static Task SendAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type + "; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static Task EnterAsync(HttpContext http, Func<HttpContext, Task> enter)
        => SetupGate.IsSameOrigin(http.Request) ? enter(http) : throw new ProblemException(Problem.Forbidden());
}
