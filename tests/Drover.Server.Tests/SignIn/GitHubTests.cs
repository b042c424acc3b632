using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Drover.Server.Tests.SignIn;

public sealed class GitHubTests : BrowserTest
{
    private const string Token = "gho_secret";

    private volatile string _organisations = """[{"id":70,"login":"acme","type":"Organization"}]""";
    private volatile int _status = 200;

    [Fact]
    public async Task A_code_signs_in_with_organisations_and_teams_and_the_access_token_is_not_kept()
    {
        await using var github = await StartAsync();
        (await ConfigureAsync(github, false)).Status.ShouldBe(200);
        (await Api.GetAsync("/token")).Data[0].GetProperty("redirectUrl").GetString().ShouldBe(github.Url + "/login/oauth/authorize?client_id=id&scope=read:org");

        (await TryAsync("wrong-code")).Status.ShouldBe(401);
        (await TryAsync("good-code", Remote)).Status.ShouldBe(401);
        var key = await SignInAsync("good-code");

        (await Api.GetAsync("/identities", Bearer(key))).Data.Select(i => i.GetProperty("id").GetString())
            .ShouldBe(["1i!rancher_id:1a1", "1i!github_user:7", "1i!github_org:70", "1i!github_team:700"]);
        Api.Store.Current.All<Model.Accounts.AuthToken>().Single().Wanted.ToString().ShouldNotContain(Token);
        (await ConfigureAsync(github, true, key)).Status.ShouldBe(200);
        (await Api.GetAsync("/identities?name=bob", Bearer(key))).Data.ShouldHaveSingleItem().GetProperty("externalId").GetString().ShouldBe("8");
        (await Api.GetAsync("/identities/github_org:70", Bearer(key))).Json.GetProperty("login").GetString().ShouldBe("acme");
        (await TryAsync("good-code")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_configuration_is_for_administrators_and_shows_no_secret()
    {
        await using var github = await StartAsync();
        await ConfigureAsync(github, false);
        var key = await SignInAsync("good-code");
        await ConfigureAsync(github, true, key);

        var shown = await Api.GetAsync(Site + "/v1-auth/config", Bearer(key));

        shown.Json.GetProperty("provider").GetString().ShouldBe("githubconfig");
        shown.Json.GetProperty("githubConfig").GetProperty("clientId").GetString().ShouldBe("id");
        shown.Text.ShouldNotContain("client-secret");
        (await Api.GetAsync(Site + "/v1-auth/config")).Status.ShouldBe(401);
        var bob = await SignInAsync("bobs-code");
        (await Api.GetAsync(Site + "/v1-auth/config", Bearer(bob))).Status.ShouldBe(403);
        (await Api.PostAsync(Site + "/v1-auth/config", new { provider = "githubconfig", enabled = false }, Bearer(bob))).Status.ShouldBe(403);
        (await Api.PostAsync(Site + "/v1-auth/config", new { provider = "githubconfig" }, ("Cookie", "token=" + key), ("Origin", "http://evil.example"))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_configuration_is_tried_with_a_code_and_stored_nowhere()
    {
        await using var github = await StartAsync();
        var authConfig = new { provider = "githubconfig", githubConfig = new { hostname = new Uri(github.Url).Authority, scheme = "http://", clientId = "id", clientSecret = "client-secret" } };

        var tried = await Api.PostAsync(Site + "/v1-auth/testlogin", new { authConfig, code = "good-code" });

        tried.Status.ShouldBe(200, tried.Text);
        tried.Json.GetProperty("userIdentity").GetProperty("login").GetString().ShouldBe("ann");
        (await Api.PostAsync(Site + "/v1-auth/testlogin", new { authConfig, code = "wrong" })).Status.ShouldBe(401);
        (await Api.GetAsync("/token")).Data[0].GetProperty("authProvider").GetString().ShouldBe("none");
    }

    [Fact]
    public async Task Who_leaves_an_organisation_loses_what_it_gave_and_what_is_no_answer_takes_nothing_away()
    {
        await using var github = await StartAsync();
        await ConfigureAsync(github, false);
        var key = await SignInAsync("good-code");
        await ConfigureAsync(github, true, key);

        _status = 500;
        await RefreshAsync();
        (await GroupsAsync(key)).ShouldBe(["70", "700"]);
        (_status, _organisations) = (200, "[]");
        await RefreshAsync();
        (await GroupsAsync(key)).ShouldBe(["700"]);
        _status = 401;
        await RefreshAsync();
        (await GroupsAsync(key)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whom_the_site_lets_in_no_more_does_not_go_on_by_key()
    {
        await using var github = await StartAsync();
        await ConfigureAsync(github, false);
        var key = await SignInAsync("good-code");
        await ConfigureAsync(github, true, key);
        var bob = await SignInAsync("bobs-code");
        var (own, environment) = (await KeyAsync("/apikeys", bob), await KeyAsync(Api.Project + "/apikeys", key));
        (await Api.GetAsync("/projects", own)).Status.ShouldBe(200);

        (await ConfigureAsync(github, true, key, "required")).Status.ShouldBe(200);

        (await Api.GetAsync("/projects", own)).Code.ShouldBe("AuthError");
        (await Api.GetAsync("/projects", Bearer(bob))).Code.ShouldBe("AuthError");
        (await Api.GetAsync(Api.Project + "/stacks", environment)).Status.ShouldBe(200);
        (await Api.GetAsync("/projects", Bearer(key))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Changes_of_the_configuration_are_in_the_audit_log_without_secrets_refused_ones_too()
    {
        await using var github = await StartAsync();
        await ConfigureAsync(github, false);
        var key = await SignInAsync("good-code");
        await ConfigureAsync(github, true, key);
        var bob = await SignInAsync("bobs-code");
        (await ConfigureAsync(github, false, bob)).Status.ShouldBe(403);
        await Api.PostAsync(Site + "/v1-auth/testlogin", new { authConfig = new { provider = "githubconfig", githubConfig = new { hostname = new Uri(github.Url).Authority, scheme = "http://", clientId = "tried", clientSecret = "tried-secret" } }, code = "tried-code" }, Bearer(key));
        await Api.PostAsync(Site + "/v1-auth/config", new { provider = "ldapconfig", ldapConfig = new { server = "dc.lab.test", serviceAccountPassword = "ldap-secret" } }, Bearer(key), Remote);

        var rows = await AuditAsync(key, 5);

        rows.Select(r => (r.GetProperty("eventType").GetString(), r.GetProperty("responseCode").GetInt32())).ShouldBe(
            [("api.authConfig.update", 200), ("api.authConfig.update", 200), ("api.authConfig.update", 403), ("api.authConfig.testlogin", 401), ("api.authConfig.update", 200)]);
        rows.Select(r => r.GetProperty("authType").GetString()).ShouldBe(["AdminAuth", "TokenAuth", "TokenAuth", "TokenAuth", "TokenAuth"]);
        rows[4].GetProperty("clientIp").GetString().ShouldBe("10.0.0.1");
        rows[1].GetProperty("authenticatedAsAccountId").GetString().ShouldBe("1a1");
        rows[1].GetProperty("requestObject").GetString()!.ShouldContain("\"clientId\":\"id\"");
        rows[1].GetProperty("responseObject").GetString()!.ShouldContain("\"enabled\":true");
        rows[4].GetProperty("requestObject").GetString()!.ShouldContain("dc.lab.test");
        foreach (var secret in new[] { "client-secret", "tried-secret", "tried-code", "ldap-secret" }) string.Concat(rows.Select(r => r.ToString())).ShouldNotContain(secret);
    }

    private async Task<List<System.Text.Json.JsonElement>> AuditAsync(string key, int count)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var rows = (await Api.GetAsync("/auditlogs?resourceType=authConfig&sort=id", Bearer(key))).Data.ToList();
            if (rows.Count >= count) return rows;
            await Task.Delay(20, deadline.Token);
        }
    }

    private async Task<List<string?>> GroupsAsync(string key)
        => [.. (await Api.GetAsync("/identities", Bearer(key))).Data.Where(i => !i.GetProperty("user").GetBoolean()).Select(i => i.GetProperty("externalId").GetString())];

    private Task<Api.Reply> ConfigureAsync(StubServer github, bool enabled, string? key = null, string accessMode = "unrestricted")
        => Api.PostAsync(
            Site + "/v1-auth/config",
            new { provider = "githubconfig", enabled, accessMode, allowedIdentities = new[] { "1i!github_user:7" }, githubConfig = new { hostname = new Uri(github.Url).Authority, scheme = "http://", clientId = "id", clientSecret = "client-secret" } },
            key is null ? [] : [Bearer(key)]);

    private Task<StubServer> StartAsync()
    {
        var codes = new Dictionary<string, string> { ["good-code"] = Token, ["bobs-code"] = "gho_bob" };
        return StubServer.StartAsync(async http =>
        {
            var request = http.Request;
            http.Response.ContentType = "application/json";
            if (request.Path == "/login/oauth/access_token")
            {
                using var reader = new StreamReader(request.Body);
                var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
                var code = form["code"].ToString();
                await http.Response.WriteAsync(form["client_secret"] == "client-secret" && codes.Remove(code, out var token) ? $$"""{"access_token":"{{token}}","token_type":"bearer"}""" : """{"error":"bad_verification_code"}""");
                return;
            }

            var isAnn = request.Headers.Authorization == "Bearer " + Token;
            var body = request.Path.Value switch
            {
                "/api/v3/user" => isAnn ? Person(7, "ann") : Person(8, "bob"),
                "/api/v3/user/orgs" => isAnn ? _organisations : "[]",
                "/api/v3/user/teams" => isAnn ? """[{"id":700,"slug":"core","name":"Core"}]""" : "[]",
                "/api/v3/users/bob" => Person(8, "bob"),
                "/api/v3/organizations/70" => """{"id":70,"login":"acme"}""",
                _ => null,
            };
            http.Response.StatusCode = _status != 200 ? _status : body is null || request.Headers.Authorization.Count == 0 ? 404 : 200;
            await http.Response.WriteAsync(body ?? "{}");
        });
    }

    private static string Person(int id, string login) => $$"""{"id":{{id}},"login":"{{login}}","name":"{{login}} smith","type":"User"}""";
}
