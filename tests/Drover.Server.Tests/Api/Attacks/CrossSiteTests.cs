using System.Net.Http.Headers;
using System.Net.WebSockets;

namespace Drover.Server.Tests.Api.Attacks;

/// <summary>Requests that a page of another site makes a browser send (attack cases 16 and 17), and text that is meant to be taken for markup (25).</summary>
public sealed class CrossSiteTests : ApiTest
{
    private static readonly (string, string) Browser = ("User-Agent", "Mozilla/5.0");

    [Fact]
    public async Task A_browsers_write_must_repeat_the_mark_that_it_was_given()
    {
        var mark = (await Api.GetAsync("/projects", Browser)).Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Single(c => c.StartsWith("CSRF=", StringComparison.Ordinal));

        (await Api.PostAsync("/projects", new { name = "a" }, Browser, ("Cookie", mark))).Code.ShouldBe("InvalidCSRFToken");
        (await Api.PostAsync("/projects", new { name = "a" }, Browser, ("Cookie", mark), ("X-API-CSRF", "0000000000"))).Status.ShouldBe(403);
        (await Api.SendAsync(HttpMethod.Delete, "/projects/1a5", null, [Browser, ("Cookie", mark)])).Status.ShouldBe(403);
        (await Api.PostAsync("/projects/1a5/?action=deactivate", null, Browser, ("Cookie", mark))).Status.ShouldBe(403);
        (await Api.PostAsync("/projects", new { name = "a" }, Browser, ("Cookie", mark), ("X-API-CSRF", mark["CSRF=".Length..]))).Status.ShouldBe(201);
        (await Api.GetAsync("/projects", Browser, ("Cookie", mark))).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://drover.example", 201)]
    [InlineData("https://drover.example:8443", 201)]
    [InlineData("https://drover.example:9000", 403)]
    public async Task A_sessions_cookie_does_not_write_for_another_site(string origin, int status)
    {
        await using var open = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", Open = true }, TestContext.Current.CancellationToken);
        var projects = open.Url + "v2-beta/projects";
        (string, string)[] headers = [("Cookie", "token=somebodys"), ("Origin", origin), ("X-Forwarded-Host", "drover.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Port", "8443")];

        var write = await Api.PostAsync(projects, new { name = "a" }, headers);
        var read = await Api.GetAsync(projects, headers);
        var program = await Api.PostAsync(projects, new { name = "b" }, [.. headers, ("Authorization", "Basic eDp5")]);

        write.Status.ShouldBe(status);
        read.Status.ShouldBe(200);
        var typed = await Api.PostAsync(projects, new { name = "c" }, [.. headers, ("Authorization", "Basic eDp5"), Browser]);
        typed.Status.ShouldBe(status, "a browser repeats the key that its user typed into its dialog");
        program.Status.ShouldBe(201, "a program has no other site");
    }

    [Fact]
    public async Task A_form_is_no_body_and_a_link_changes_nothing()
    {
        using var form = new FormUrlEncodedContent([new("name", "forged")]);
        using var text = new StringContent("name=forged", new MediaTypeHeaderValue("text/plain"));
        foreach (var content in new HttpContent[] { form, text })
        {
            using var reply = await Api.Http.PostAsync(new Uri(Api.Root + "/projects"), content, TestContext.Current.CancellationToken);
            ((int)reply.StatusCode).ShouldBe(400);
        }

        foreach (var link in new[] { "/projects/1a5/?action=deactivate", "/projects/1a5?_method=DELETE", "/projects?_method=POST&name=forged", "/settings/ui.pl?_method=PUT&value=x" })
            await Api.GetAsync(link);

        (await Api.GetAsync("/projects")).Data.ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("active");
        (await Api.GetAsync("/settings/ui.pl")).Json.GetProperty("inDb").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_of_another_site_opens_no_stream_with_a_session_or_setup_cookie()
    {
        var entered = await Api.PostAsync(new Uri(Api.Server.Url, "/setup").ToString(), Api.Server.SetupSecret, Remote);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        socket.Options.SetRequestHeader("Cookie", entered.Header("Set-Cookie")!.Split(';')[0] + "; token=somebodys");

        await Should.ThrowAsync<WebSocketException>(socket.ConnectAsync(new Uri(Api.Project.Replace("http", "ws", StringComparison.Ordinal) + "/subscribe?eventNames=resource.change"), TestContext.Current.CancellationToken));

        ((int)socket.HttpStatusCode).ShouldBeOneOf(401, 403);
    }

    [Fact]
    public async Task Markup_and_line_breaks_in_names_are_text_and_make_no_header()
    {
        var key = await TestPeople.AddAsync(Api, "evil", kind: "admin");
        await Api.Store.WriteAsync(tx => tx.Put(tx.View.Get<Model.Accounts.Account>(6)! with { Name = "<script>alert(1)</script>\r\nX-Evil: 1\u202e" }), TestContext.Current.CancellationToken);
        await Api.PostAsync(Api.Project + "/stacks", new { name = "app", description = "<img src=x onerror=alert(1)>\u001b[31m" }, key);

        var reply = await Api.GetAsync(Api.Project + "/stacks", key);

        reply.Headers.Contains("X-Evil").ShouldBeFalse();
        reply.Headers.Contains("X-API-ACCOUNT-NAME").ShouldBeFalse();
        reply.Header("X-Content-Type-Options").ShouldBe("nosniff");
        reply.Data[0].GetProperty("description").GetString().ShouldBe("<img src=x onerror=alert(1)>\u001b[31m");
        var audit = await Api.UntilAsync("/auditlogs?eventType=api.stack.create", rows => rows.GetProperty("data").GetArrayLength() == 1);
        audit.GetProperty("data")[0].GetProperty("requestObject").GetString()!.ShouldContain("onerror");
    }
}
