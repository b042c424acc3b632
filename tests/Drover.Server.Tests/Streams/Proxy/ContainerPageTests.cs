using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Tests.Streams.Proxy;

/// <summary>A service's page in a browser: it runs in a sandbox, from which browsers send no cookies, so that its address carries what it may reach (docs/decisions/0017).</summary>
public sealed class ContainerPageTests : ProxyTest
{
    private static readonly (string, string)[] Visit = [("User-Agent", "Mozilla/5.0"), ("Accept", "text/html,*/*")];

    /// <summary>What Chromium sends for the parts of a page in a sandbox.</summary>
    private static readonly (string, string)[] Part = [("User-Agent", "Mozilla/5.0"), ("Accept", "*/*"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors"), Far];

    [Fact]
    public async Task A_visit_leads_to_an_address_whose_parts_need_no_cookie()
    {
        var seen = "";
        Page = http =>
        {
            seen = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
            http.Response.Headers.AccessControlAllowOrigin = "https://elsewhere.example";
            return http.Response.WriteAsync("part");
        };
        await ServeAsync();

        var page = await PageOfAsync("/a/b?c=d");
        page.ShouldEndWith("/r/projects/1a5/web/a/b?c=d");
        (await Api.GetAsync(page, [.. Visit, Far])).Text.ShouldBe("part");
        seen.ShouldBe("GET /a/b?c=d");
        var part = await Api.PostAsync(page.Replace("a/b?c=d", "save", StringComparison.Ordinal), "x", Part);

        (part.Status, seen, part.Header("Access-Control-Allow-Origin"), part.Header("Referrer-Policy")).ShouldBe((200, "POST /save", "*", "no-referrer"));
        part.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads"]);
    }

    [Fact]
    public async Task A_script_of_the_page_may_ask_its_own_container_with_any_method_and_open_sockets()
    {
        Page = async http =>
        {
            using var socket = await WebSocketPeer.AcceptAsync(http);
            await socket.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, Cancel);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        };
        await ServeAsync();
        var page = await PageOfAsync("/");

        var asked = await Api.SendAsync(HttpMethod.Options, page, null, [.. Part, ("Access-Control-Request-Method", "DELETE"), ("Access-Control-Request-Headers", "x-own")]);
        (asked.Status, asked.Header("Access-Control-Allow-Methods"), asked.Header("Access-Control-Allow-Headers")).ShouldBe((204, "DELETE", "x-own"));
        Dialled.ShouldBeEmpty("the container is not asked what its own page may");
        var socket = await OpenAsync(page.Replace("http:", "ws:", StringComparison.Ordinal));
        (await ReadAsync(socket)).ShouldBe("hi");
    }

    [Fact]
    public async Task Its_address_opens_this_container_and_nothing_else()
    {
        await ServeAsync();
        var page = await PageOfAsync("/");
        var token = page.Split('/')[4];

        (await Api.GetAsync($"{Api.Server.Url}v1/container-proxy/?token={token}")).Status.ShouldBe(401);
        (await RefusedAsync($"ws://{Api.Server.Url.Authority}/v1/exec/?token={token}")).ShouldBe(401);
        (await Api.GetAsync("/projects", ("Authorization", "Bearer " + token), Far)).Status.ShouldBe(401);
        (await Api.GetAsync(page.Replace("/r/projects/1a5/web/", "/v2-beta/projects", StringComparison.Ordinal), Part)).Status.ShouldBe(404);
        var other = (await AskAsync("proxy")).Split("token=")[1];
        foreach (var wrong in new[] { other, token[..^3] + "AAA", "x", "a.b.c" })
            (await Api.GetAsync(page.Replace(token, wrong, StringComparison.Ordinal), Part)).Status.ShouldBe(401, wrong);
    }

    [Fact]
    public async Task It_ends_with_what_it_was_opened_with_and_a_visit_asks_anew()
    {
        await ServeAsync();
        var member = await MemberAsync("member");
        var page = await PageOfAsync("/", member, Far);
        (await Api.GetAsync(page, Part)).Status.ShouldBe(200);

        await Api.PostAsync("/projects/1a5/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner") } });

        (await Api.GetAsync(page, Part)).Status.ShouldBe(401);
        var visit = await Api.GetAsync(page, [.. Visit, Far]);
        (visit.Status, visit.Header("Location")).ShouldBe((302, "/r/projects/1a5/web/"));
    }

    private async Task<string> PageOfAsync(string path, params (string, string)[] headers)
    {
        var visit = await Api.GetAsync(Service + path, [.. Visit, .. headers]);
        (visit.Status, visit.Header("Cache-Control")).ShouldBe((302, "no-store"), visit.Text);
        var page = visit.Header("Location")!;
        page.ShouldStartWith("/container-page/");
        return Api.Server.Url.ToString().TrimEnd('/') + page;
    }
}
