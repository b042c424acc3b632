using System.Net;

namespace Drover.Server.Tests.Api.SignIn;

/// <summary>Who is let in, as what, and where to.</summary>
public sealed class AccessTests : ApiTest
{
    [Fact]
    public async Task The_machine_itself_is_the_administrator_while_access_control_is_off()
    {
        var reply = await Api.GetAsync("/accounts");

        reply.Status.ShouldBe(200);
        reply.Header("X-API-ACCOUNT-KIND").ShouldBe("admin");
        reply.Data.Select(a => a.GetProperty("name").GetString()).ShouldContain("superadmin");
    }

    [Theory]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Host", "evil.example")]
    [InlineData("X-ENFORCE-AUTHENTICATION", "true")]
    public async Task What_comes_through_a_proxy_from_another_site_or_under_a_foreign_name_is_refused(string header, string value)
    {
        var reply = await Api.GetAsync("/projects", (header, value));

        reply.Status.ShouldBe(401);
        reply.Header("WWW-Authenticate").ShouldStartWith("Basic ");
        reply.Header("X-API-Schemas").ShouldNotBeNull();
        reply.Code.ShouldBe("Unauthorized");
    }

    [Fact]
    public async Task What_a_bare_proxy_sends_on_as_HTTP_1_0_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Api.Root + "/projects") { Version = HttpVersion.Version10, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var reply = await Api.Http.SendAsync(request, TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_browser_that_brings_the_setup_secret_is_let_in_with_a_cookie()
    {
        var setup = new Uri(Api.Server.Url, "/setup").ToString();

        (await Api.PostAsync(setup, "wrong", Remote)).Status.ShouldBe(401);
        var entered = await Api.PostAsync(setup, Api.Server.SetupSecret, Remote);

        entered.Status.ShouldBe(204);
        var cookie = entered.Header("Set-Cookie")!;
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        var pair = cookie.Split(';')[0];
        (await Api.GetAsync("/projects", Remote, ("Cookie", pair))).Status.ShouldBe(200);
        (await Api.GetAsync("/projects", Remote, ("Cookie", pair + "0"))).Status.ShouldBe(401);
        (await Api.PostAsync("/projects", new { name = "x" }, Remote, ("Cookie", pair), ("Origin", "http://evil.example"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_environments_key_acts_as_its_project_and_nowhere_else()
    {
        var other = await Api.CreateAsync("/projects", new { name = "other" }, "active");
        var key = await Api.PostAsync(Api.Project + "/apikeys", new { name = "ci" });
        var (user, secret) = (key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
        await Api.UntilAsync(key.Self, "active");
        var basic = ApiServer.Basic(user, secret);

        var mine = await Api.GetAsync("/projects", basic, Remote);
        var foreign = await Api.GetAsync($"/projects/{other.GetProperty("id").GetString()}/stacks", basic, Remote);

        mine.Status.ShouldBe(200);
        mine.Data.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("1a5");
        mine.Header("X-API-ACCOUNT-ID").ShouldBe("1a5");
        foreign.Status.ShouldBe(403);
        (await Api.GetAsync(key.Self)).Json.GetProperty("secretValue").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await Api.GetAsync("/projects", ApiServer.Basic(user, secret + "x"), Remote)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_key_that_is_taken_back_opens_nothing_more()
    {
        var key = await Api.PostAsync(Api.Project + "/apikeys", new { });
        await Api.UntilAsync(key.Self, "active");
        var basic = ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
        (await Api.GetAsync("/stacks", basic, Remote)).Status.ShouldBe(200);

        (await Api.PostAsync(key.Self + "?action=deactivate")).Status.ShouldBe(202);
        await Api.UntilAsync(key.Self, "inactive");

        (await Api.GetAsync("/stacks", basic, Remote)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Nobody_is_the_administrator_by_being_here_once_access_control_is_on()
    {
        var key = await Api.PostAsync("/apikeys", new { });
        var basic = ApiServer.Basic(key.Json.GetProperty("publicValue").GetString()!, key.Json.GetProperty("secretValue").GetString()!);
        await Api.UntilAsync(key.Self, "active");

        (await Api.PutAsync("/settings/api.security.enabled", new { value = "true" })).Status.ShouldBe(200);

        (await Api.GetAsync("/projects")).Status.ShouldBe(401);
        (await Api.GetAsync("/projects", basic)).Header("X-API-ACCOUNT-KIND").ShouldBe("admin");
    }

    [Theory]
    [InlineData("5", 400)]
    [InlineData("1a99", 403)]
    [InlineData("1a1", 200)]
    [InlineData("1a5", 200)]
    public async Task A_project_is_entered_by_header_too(string project, int status)
    {
        (await Api.GetAsync("/stacks", ("X-API-Project-Id", project))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task An_open_server_lets_anybody_in()
    {
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", Open = true }, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Url, "/v2-beta/projects"));
        request.Headers.Add("X-Forwarded-For", "10.0.0.1");

        using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
