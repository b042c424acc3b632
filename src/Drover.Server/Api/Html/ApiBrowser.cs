using System.Net;
using System.Text;
using System.Text.Json;
using Drover.Server.Api.Calls;
using Drover.Server.Api.SignIn;
using Drover.Server.Settings;
using Drover.Store;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Html;

/// <summary>Answers browsers with a page around the JSON that every other client gets (api-semantics.md section 14).</summary>
public sealed class ApiBrowser(ResourceStore store, IdSource ids)
{
    private const string OwnScript = BrowserAssets.Path + "browser.js";
    private const string OwnStyle = BrowserAssets.Path + "browser.css";

    private const string Head = """
        <!DOCTYPE html>
        <!-- If you are reading this, there is a good chance you would prefer sending an
        "Accept: application/json" header and receiving actual JSON responses. -->
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Drover API</title>

        """;

    /// <summary>What other scripts than ours expect: the globals of Rancher's own page.</summary>
    private const string Globals = """
        const page = JSON.parse(document.getElementById("page").textContent);
        var user = page.user, schemas = page.schemas, curlUser = "${CATTLE_ACCESS_KEY}:${CATTLE_SECRET_KEY}";
        var data = JSON.parse(document.getElementById("answer").textContent);
        """;

    private const string Tail = """
        </head><body><noscript>This page needs JavaScript; with ?_format=json in its address the answer comes as plain JSON.</noscript></body></html>
        """;

    /// <summary>True where a path of the API is asked for by a browser, or by `_format=html`.</summary>
    public static bool Wants(HttpRequest request)
    {
        if (!ApiPath.IsApi(request.Path.Value ?? "/")) return false;
        var format = request.QueryString.HasValue ? request.Query["_format"].ToString() : "";
        if (format is "html" or "json") return format == "html";
        if (!BrowserCookies.IsBrowser(request)) return false;
        var accepted = request.Headers.Accept.ToString();
        return accepted.Contains("*/*", StringComparison.Ordinal) || accepted.Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Writes the page to the caller and lets the answer go.</summary>
    public async Task SendAsync(HttpContext http, Answer answer)
    {
        using (answer)
        {
            var view = store.Current;
            var script = Address(SettingsTable.Value(view, "api.ui.js.url"));
            var style = Address(SettingsTable.Value(view, "api.ui.css.url"));
            var nonce = script is null ? null : Convert.ToHexString(ids.Bytes(16));
            using var page = new PooledBuffer();
            Write(page, Head);
            Write(page, $"<link rel=\"stylesheet\" href=\"{WebUtility.HtmlEncode(style ?? OwnStyle)}\">\n");
            WriteData(page, "page", About(http.Response, answer.Status));
            WriteData(page, "answer", answer.Bytes.Span);
            Write(page, script is null
                ? $"<script type=\"module\" src=\"{OwnScript}\"></script>\n"
                : $"<script nonce=\"{nonce}\" src=\"{WebUtility.HtmlEncode(script)}\"></script>\n<script nonce=\"{nonce}\">\n{Globals}\n</script>\n");
            Write(page, Tail);
            WriteHeaders(http.Response, answer.Status, Policy(script, style, nonce));
            http.Response.ContentLength = page.Written.Length;
            await http.Response.Body.WriteAsync(page.Written, http.RequestAborted);
        }
    }

    private static void WriteHeaders(HttpResponse response, int status, string policy)
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept, User-Agent";
    }

    /// <summary>Nothing but our own files runs or is fetched; a script that an administrator put in place may lay out its page as it likes.</summary>
    private static string Policy(string? script, string? style, string? nonce)
        => $"default-src 'none'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
            + $"script-src {(nonce is null ? "'self'" : $"'nonce-{nonce}'{Source(script)}")}; style-src 'self'{Source(style)}{(nonce is null ? "" : " 'unsafe-inline'")}";

    private static string Source(string? address) => address is null || address.StartsWith('/') ? " 'self'" : $" {new Uri(address).GetLeftPart(UriPartial.Authority)}";

    /// <summary>A setting's address of http or https, or below this server; null for everything else.</summary>
    private static string? Address(string? setting)
    {
        if (setting is null or "") return null;
        if (setting is ['/', not ('/' or '\\'), ..] && setting.All(c => c is > ' ' and < (char)127)) return setting;
        return Uri.TryCreate(setting, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.AbsoluteUri : null;
    }

    private static byte[] About(HttpResponse response, int status)
    {
        using var about = new MemoryStream();
        using (var json = new Utf8JsonWriter(about))
        {
            json.WriteStartObject();
            json.WriteNumber("status", status);
            json.WriteString("schemas", response.Headers["X-API-Schemas"].ToString());
            json.WriteString("user", (string?)response.Headers["X-API-ACCOUNT-NAME"] ?? response.Headers["X-API-ACCOUNT-ID"].ToString());
            json.WriteEndObject();
        }

        return about.ToArray();
    }

    /// <summary>A block of data is never run, whatever stands in it.</summary>
    private static void WriteData(PooledBuffer page, string id, ReadOnlySpan<byte> json)
    {
        Write(page, $"<script type=\"application/json\" id=\"{id}\">");
        ScriptText.Write(page, json);
        Write(page, "</script>\n");
    }

    private static void Write(PooledBuffer page, string text)
    {
        var room = page.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        page.Advance(Encoding.UTF8.GetBytes(text, room));
    }
}
