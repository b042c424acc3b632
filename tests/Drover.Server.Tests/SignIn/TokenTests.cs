using System.Net.WebSockets;
using System.Text.Json;
using Drover.Model.Accounts;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.SignIn;

public sealed class TokenTests : SignInTest
{
    [Fact]
    public async Task Anybody_may_ask_how_one_signs_in()
    {
        var token = (await Api.GetAsync("/token", Remote)).Data.ShouldHaveSingleItem();

        token.GetProperty("security").GetBoolean().ShouldBeFalse();
        token.GetProperty("authProvider").GetString().ShouldBe("none");
        token.GetProperty("jwt").ValueKind.ShouldBe(JsonValueKind.Null);
        token.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Api.GetAsync(Api.Root.Replace("v2-beta", "v1", StringComparison.Ordinal) + "/token", Remote)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_signs_in_and_out_is_in_the_audit_log_and_no_key_is()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();
        (await Api.SendAsync(HttpMethod.Delete, "/token/current", null, [Bearer(key)])).Status.ShouldBe(204);
        var later = await SignInAsync();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));

        Reply rows;
        while ((rows = await Api.GetAsync("/auditlogs?resourceType=token&sort=id", Bearer(later))).Data.Count < 3) await Task.Delay(20, deadline.Token);

        rows.Data.Select(r => (r.GetProperty("eventType").GetString(), r.GetProperty("authenticatedAsAccountId").GetString()))
            .ShouldBe([("api.token.create", "1a1"), ("api.token.delete", "1a1"), ("api.token.create", "1a1")]);
        foreach (var secret in new[] { key, later, Password }) rows.Text.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Without_a_provider_or_a_code_nobody_signs_in()
    {
        (await TryAsync("a:b")).Code.ShouldBe("NoAuthProvider");
        var reply = await Api.PostAsync("/token", new { });
        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "MissingRequired", "code"));
    }

    [Fact]
    public async Task A_sign_in_answers_with_a_key_of_forty_letters_and_who_it_is()
    {
        await EnableLocalAsync();

        var reply = await TryAsync($"{Admin}:{Password}", Remote);

        reply.Status.ShouldBe(201, reply.Text);
        var token = reply.Json;
        token.GetProperty("jwt").GetString()!.Length.ShouldBe(40);
        token.GetProperty("accountId").GetString().ShouldBe("1a1");
        token.GetProperty("userType").GetString().ShouldBe("admin");
        token.GetProperty("user").GetString().ShouldBe(Admin);
        token.GetProperty("authProvider").GetString().ShouldBe("localAuthConfig");
        token.GetProperty("security").GetBoolean().ShouldBeTrue();
        token.GetProperty("userIdentity").GetProperty("externalIdType").GetString().ShouldBe("rancher_id");
        token.GetProperty("userIdentity").GetProperty("externalId").GetString().ShouldBe("1a1");
        token.TryGetProperty("identities", out _).ShouldBeFalse();
        token.GetProperty("code").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_key_signs_in_from_every_place_of_the_contract_and_the_first_place_hides_the_rest()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();

        (await Api.GetAsync("/accounts", Bearer(key))).Status.ShouldBe(200);
        (await Api.GetAsync("/accounts", ("Authorization", key))).Status.ShouldBe(200);
        (await Api.GetAsync("/accounts", ("Cookie", "token=" + key))).Status.ShouldBe(200);
        var byQuery = await Api.GetAsync("/accounts?token=" + key);
        byQuery.Status.ShouldBe(200);
        byQuery.Text.ShouldNotContain(key);
        (await Api.GetAsync("/accounts", ApiServer.Basic("x-api-bearer", key))).Status.ShouldBe(200);
        (await Api.GetAsync("/stacks", ApiServer.Basic("x-api-bearer=1a5", key))).Header("X-API-ACCOUNT-ID").ShouldBe("1a5");
        (await Api.GetAsync("/accounts", ("Cookie", "token=" + key), ApiServer.Basic("wrong", "pair"))).Status.ShouldBe(200);
        (await Api.GetAsync("/accounts?token=" + key, ("Cookie", "token=wrong"))).Status.ShouldBe(401);
        (await Api.GetAsync("/accounts?token=" + key, ApiServer.Basic("wrong", "pair"))).Status.ShouldBe(401);
        (await Api.GetAsync("/accounts")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_key_is_stored_as_a_hash_only()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();

        var stored = (AuthToken)Api.Store.Current.All<AuthToken>().ShouldHaveSingleItem().Wanted;

        stored.ToString().ShouldNotContain(key);
        (await Api.GetAsync("/accounts", Bearer(stored.Key!))).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_login_get_the_same_answer()
    {
        await EnableLocalAsync();

        var wrong = await TryAsync($"{Admin}:wrong");
        var unknown = await TryAsync("nobody:wrong");

        (wrong.Status, wrong.Code).ShouldBe((401, "Unauthorized"));
        (unknown.Status, unknown.Code).ShouldBe((401, "Unauthorized"));
        wrong.Text[50..].ShouldBe(unknown.Text[50..]);
        (await TryAsync("no-colon")).Status.ShouldBe(403);
        (await TryAsync($"{Admin}:")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Who_guesses_is_refused_after_ten_tries_and_even_a_right_password_is_then()
    {
        await EnableLocalAsync();
        for (var i = 0; i < 10; i++) (await TryAsync($"{Admin}:wrong{i}")).Status.ShouldBe(401);

        var right = await TryAsync($"{Admin}:{Password}");
        var otherCase = await TryAsync($"ADMIN:{Password}");

        (right.Status, right.Code).ShouldBe((429, "TooManyRequests"));
        otherCase.Status.ShouldBe(429);
        (await TryAsync("nobody:x")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_takes_the_cookie_back()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();

        var reply = await Api.SendAsync(HttpMethod.Delete, "/token/current", null, [Bearer(key)]);

        reply.Status.ShouldBe(204);
        reply.Header("Set-Cookie").ShouldBe("token=;Path=/;Expires=Thu, 01 Jan 1970 00:00:00 GMT;");
        (await Api.GetAsync("/accounts", Bearer(key))).Status.ShouldBe(401);
        (await Api.SendAsync(HttpMethod.Delete, "/token/current", null, [Bearer(key)])).Code.ShouldBe("JWTNotProvided");
        Api.Store.Current.All<AuthToken>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_is_over_when_its_time_is()
    {
        await EnableLocalAsync();
        var key = await SignInAsync();
        (await Api.SendAsync(HttpMethod.Put, "/settings/api.auth.jwt.token.expiry", new { value = "1" }, [Bearer(key)])).Status.ShouldBe(200);

        var brief = await SignInAsync();

        await Task.Delay(2, TestContext.Current.CancellationToken);
        (await Api.GetAsync("/accounts", Bearer(brief))).Status.ShouldBe(401);
        (await Api.GetAsync("/accounts", Bearer(key))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task With_one_session_allowed_a_new_one_ends_the_older_and_its_streams()
    {
        await EnableLocalAsync();
        var older = await SignInAsync();
        await Api.SendAsync(HttpMethod.Put, "/settings/api.auth.restrict.concurrent.sessions", new { value = "true" }, [Bearer(older)]);
        using var socket = await SubscribeAsync(Bearer(older));

        var newer = await SignInAsync();

        (await Api.GetAsync("/accounts", Bearer(older))).Status.ShouldBe(401);
        (await Api.GetAsync("/accounts", Bearer(newer))).Status.ShouldBe(200);
        (await ReadToEndAsync(socket)).Last().ShouldBe("logout");
    }

    [Fact]
    public async Task A_deactivated_account_is_out_at_once_and_stays_out()
    {
        await EnableLocalAsync();
        var admin = await SignInAsync();
        var id = await AddUserAsync(admin, "ann");
        var ann = await SignInAsync($"ann:{Password}");

        (await Api.PostAsync($"/accounts/{id}/?action=deactivate", null, Bearer(admin))).Status.ShouldBe(202);

        (await Api.GetAsync("/projects", Bearer(ann))).Status.ShouldBe(401);
        (await TryAsync($"ann:{Password}")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_person_gets_a_first_environment_and_no_second_one()
    {
        await EnableLocalAsync();
        await AddUserAsync(await SignInAsync(), "ann");

        var ann = await SignInAsync($"ann:{Password}");
        await SignInAsync($"ann:{Password}");

        var project = (await Api.GetAsync("/projects", Bearer(ann))).Data.ShouldHaveSingleItem();
        project.GetProperty("name").GetString().ShouldBe("ann-Default");
        (await Api.PostAsync($"/projects/{project.GetProperty("id").GetString()}/stacks", new { name = "app" }, Bearer(ann))).Status.ShouldBe(201);
        (await Api.GetAsync("/projects/1a5/stacks", Bearer(ann))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_use_the_cookie()
    {
        await EnableLocalAsync();
        var cookie = ("Cookie", "token=" + await SignInAsync());

        (await Api.PostAsync("/projects", new { name = "x" }, cookie, ("Origin", "http://evil.example"))).Status.ShouldBe(401);
        (await Api.PostAsync("/projects", new { name = "x" }, cookie, ("Sec-Fetch-Site", "cross-site"))).Status.ShouldBe(401);
        (await Api.PostAsync("/projects", new { name = "x" }, cookie, ("Origin", Api.Server.Url.GetLeftPart(UriPartial.Authority)))).Status.ShouldBe(201);
        await Should.ThrowAsync<WebSocketException>(() => SubscribeAsync(cookie, ("Origin", "http://evil.example")));
    }

    [Fact]
    public async Task While_access_control_is_off_a_stranger_cannot_become_the_administrator_by_signing_in()
    {
        await EnableLocalAsync();
        var admin = await SignInAsync();
        await AddUserAsync(admin, "ann");
        (await Api.PostAsync("/localauthconfig", new { username = "", password = "", enabled = false }, Bearer(admin))).Status.ShouldBe(201);

        (await TryAsync($"ann:{Password}", Remote)).Status.ShouldBe(401);
        (await Api.PostAsync("/localauthconfig", new { username = "eve", password = "long enough", enabled = true }, Remote)).Status.ShouldBe(401);
        (await Api.GetAsync("/projects", Remote)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task While_access_control_is_off_strangers_who_sign_in_do_not_fill_the_audit_log()
    {
        await EnableLocalAsync();
        (await TryAsync("eve:guess", Remote)).Status.ShouldBe(401);
        var admin = await SignInAsync();
        (await Api.PostAsync("/localauthconfig", new { username = "", password = "", enabled = false }, Bearer(admin))).Status.ShouldBe(201);

        for (var i = 0; i < 3; i++) (await TryAsync("x", Remote)).Status.ShouldBe(401);

        (await Api.PostAsync(Api.Project + "/stacks", new { name = "after" })).Status.ShouldBe(201);
        await Api.UntilAsync("/auditlogs?eventType=api.stack.create", rows => rows.GetProperty("data").GetArrayLength() > 0);
        (await Api.GetAsync("/auditlogs?resourceType=token&sort=id")).Data.Select(r => r.GetProperty("responseCode").GetInt32()).ShouldBe([401, 201]);
    }
}
