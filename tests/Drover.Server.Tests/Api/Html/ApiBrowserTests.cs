using System.Text.Json;
using System.Text.RegularExpressions;
using Drover.Model.Kernel;
using Drover.Model.Settings;

namespace Drover.Server.Tests.Api.Html;

/// <summary>Who gets the page, what stands in it, and that nothing in it can run.</summary>
public sealed partial class ApiBrowserTests : ApiTest
{
    private const string Hostile = "</script><script>alert(1)</script><!--\u2028\u2029'\"&\\/";

    private static readonly (string, string) Browser = ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/130");
    private static readonly (string, string) Anything = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    [Fact]
    public async Task A_browser_gets_the_same_answer_in_a_page()
    {
        var json = await Api.GetAsync(Api.Project);
        var page = await Api.GetAsync(Api.Project, Browser, Anything);

        page.Status.ShouldBe(200);
        Data(page.Text, "answer").GetRawText().ShouldBe(Escaped(json.Text));
        Data(page.Text, "page").GetProperty("schemas").GetString().ShouldBe(Api.Root + "/schemas");
        Data(page.Text, "page").GetProperty("user").GetString().ShouldBe("admin");
        page.Header("Content-Security-Policy")!.ShouldContain("script-src 'self';");
        page.Header("Content-Security-Policy")!.ShouldContain("default-src 'none'");
        page.Header("Cache-Control").ShouldBe("no-store");
        page.Header("X-Content-Type-Options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task V1_has_pages_too()
    {
        var page = await Api.GetAsync(Api.Root.Replace("v2-beta", "v1", StringComparison.Ordinal) + "/projects/1a5/environments", Browser, Anything);

        page.Status.ShouldBe(200);
        Data(page.Text, "page").GetProperty("schemas").GetString()!.ShouldEndWith("/v1/projects/1a5/schemas");
    }

    [Theory]
    [InlineData("Mozilla/5.0", "*/*", "", true)]
    [InlineData("mozilla", "text/html", "", true)]
    [InlineData("Mozilla/5.0", "application/json", "", false)]
    [InlineData("Mozilla/5.0", "*/*", "?_format=json", false)]
    [InlineData("curl/8.5", "*/*", "", false)]
    [InlineData("curl/8.5", "*/*", "?_format=html", true)]
    [InlineData("Go-http-client/1.1", null, "", false)]
    public async Task The_page_is_for_browsers_and_for_those_who_ask(string agent, string? accept, string query, bool isPage)
    {
        var reply = await Api.GetAsync(Api.Project + query, accept is null ? [("User-Agent", agent)] : [("User-Agent", agent), ("Accept", accept)]);

        reply.Text.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal).ShouldBe(isPage);
        if (!isPage) reply.Header("Content-Security-Policy").ShouldBeNull();
    }

    [Fact]
    public async Task Answers_to_programs_are_the_same_to_the_byte_whatever_browsers_get()
    {
        var before = await Api.GetAsync(Api.Project);
        await Api.GetAsync(Api.Project, Browser, Anything);
        (await Api.GetAsync(Api.Project, ("Accept", "*/*"), ("User-Agent", "Java/1.8"))).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task Script_that_is_stored_in_an_object_stays_a_text()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "s", description = Hostile, environment = new Dictionary<string, string> { [Hostile] = Hostile } });
        await Api.CreateAsync(Api.Project + "/apikeys", new { name = Hostile });
        foreach (var url in (string[])[Api.Project + "/apikeys", stack.GetProperty("links").GetProperty("self").GetString()!, Api.Project + "/stacks"])
        {
            var page = (await Api.GetAsync(url, Browser, Anything)).Text;
            Regex.Count(page, "</script").ShouldBe(3, "one for each element that the page itself has");
            page.ShouldNotContain('\u2028');
            Data(page, "answer").GetRawText().ShouldContain("alert(1)");
            page.ShouldNotContain("<script>");
        }
    }

    [Theory]
    [InlineData("/stacks/1st9?x=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E", 404)]
    [InlineData("/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404)]
    [InlineData("/stacks?name=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E", 200)]
    public async Task Nor_does_what_stands_in_the_address_run(string path, int status)
    {
        var page = await Api.GetAsync(Api.Project + path, Browser, Anything);

        page.Status.ShouldBe(status);
        Regex.Count(page.Text, "</script").ShouldBe(3);
        page.Text.ShouldNotContain("<script>");
        Data(page.Text, "page").GetProperty("status").GetInt32().ShouldBe(status);
    }

    [Fact]
    public async Task A_refusal_is_a_page_too()
    {
        var page = await Api.GetAsync(Api.Root + "/projects", Browser, Anything, Remote);

        page.Status.ShouldBe(401);
        Data(page.Text, "answer").GetProperty("code").GetString().ShouldBe("Unauthorized");
        Data(page.Text, "page").GetProperty("user").GetString().ShouldBe("");
    }

    [Fact]
    public async Task An_administrators_own_script_and_style_take_the_place_of_ours()
    {
        await SetAsync("api.ui.js.url", "https://assets.example/ui.min.js?a=\"b");
        await SetAsync("api.ui.css.url", "/own/style.css");
        var page = await Api.GetAsync(Api.Project, Browser, Anything);

        page.Text.ShouldContain("src=\"https://assets.example/ui.min.js?a=%22b\"");
        page.Text.ShouldContain("href=\"/own/style.css\"");
        var nonce = NonceIn().Match(page.Header("Content-Security-Policy")!).Groups[1].Value;
        nonce.Length.ShouldBe(32);
        page.Text.ShouldContain($"<script nonce=\"{nonce}\">");
        page.Header("Content-Security-Policy")!.ShouldContain($"script-src 'nonce-{nonce}' https://assets.example;");
        (await Api.GetAsync(Api.Project, Browser, Anything)).Header("Content-Security-Policy")!.ShouldNotContain(nonce);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example/x.js")]
    [InlineData("/\\evil.example/x.js")]
    [InlineData("/x.js; script-src *\r\nX: y")]
    [InlineData("data:text/javascript,alert(1)")]
    public async Task Other_addresses_of_scripts_are_left_alone(string url)
    {
        await SetAsync("api.ui.js.url", url);
        (await Api.GetAsync(Api.Project, Browser, Anything)).Text.ShouldContain("src=\"/api-ui/browser.js\"");
    }

    [Theory]
    [InlineData("browser.js", "text/javascript")]
    [InlineData("browser.css", "text/css")]
    public async Task Script_and_style_come_from_the_server_itself(string name, string type)
    {
        using var first = await Api.Http.GetAsync(new Uri(Api.Server.Url, "/api-ui/" + name), TestContext.Current.CancellationToken);
        first.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(Api.Server.Url, "/api-ui/" + name));
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        using var second = await Api.Http.SendAsync(again, TestContext.Current.CancellationToken);
        ((int)second.StatusCode).ShouldBe(304);
        (await Api.GetAsync(new Uri(Api.Server.Url, "/api-ui/none.js").ToString())).Status.ShouldBe(404);
    }

    [Fact]
    public async Task No_file_of_the_page_names_another_server()
    {
        foreach (var name in typeof(DroverServer).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("api-ui/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(typeof(DroverServer).Assembly.GetManifestResourceStream(name)!);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("://", customMessage: name);
        }
    }

    private Task<Setting> SetAsync(string name, string value)
        => Api.Store.WriteAsync(tx => tx.Create(new Setting { Name = name, Value = value }, new PlainSeen { State = "active", Generation = 1 }), TestContext.Current.CancellationToken);

    private static JsonElement Data(string page, string id)
        => JsonDocument.Parse(Regex.Match(page, $"<script type=\"application/json\" id=\"{id}\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value).RootElement.Clone();

    private static string Escaped(string json)
    {
        var to = new System.Buffers.ArrayBufferWriter<byte>();
        Server.Api.Html.ScriptText.Write(to, System.Text.Encoding.UTF8.GetBytes(json));
        return System.Text.Encoding.UTF8.GetString(to.WrittenSpan);
    }

    [GeneratedRegex("'nonce-([0-9A-F]+)'")]
    private static partial Regex NonceIn();
}
