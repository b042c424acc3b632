using System.Security.Cryptography;
using Drover.Model.Accounts;
using Drover.Server.Tests.Api;
using Microsoft.IdentityModel.Tokens;

namespace Drover.Server.Tests.SignIn;

public sealed class OidcTests : BrowserTest
{
    private const string Login = "/v1-auth/oidc/login";

    /// <summary>Wrong tokens, each from the claims of a right one.</summary>
    private static readonly Dictionary<string, Func<TestOidcServer, Dictionary<string, object>, string>> Wrong = new()
    {
        ["expired"] = (s, c) => s.Sign(With(c, "exp", DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds())),
        ["without end"] = (s, c) => s.Sign(Without(c, "exp")),
        ["other audience"] = (s, c) => s.Sign(With(c, "aud", "another-app")),
        ["without audience"] = (s, c) => s.Sign(Without(c, "aud")),
        ["other issuer"] = (s, c) => s.Sign(With(c, "iss", "http://evil.example")),
        ["other nonce"] = (s, c) => s.Sign(With(c, "nonce", "of another sign-in")),
        ["without nonce"] = (s, c) => s.Sign(Without(c, "nonce")),
        ["for two, made for the other"] = (s, c) => s.Sign(With(With(c, "aud", new[] { TestOidcServer.ClientId, "another-app" }), "azp", "another-app")),
        ["other key of the same name"] = (s, c) => s.Sign(c, new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" }),
        ["alg none"] = (_, c) => TestOidcServer.Unsigned(c),
        ["public key as a shared secret"] = (s, c) => s.Sign(c, new SymmetricSecurityKey(s.PublicKeyText) { KeyId = "k1" }, "HS256"),
        ["changed after signing"] = (s, c) => Tampered(s.Sign(c)),
        ["nobody"] = (s, c) => s.Sign(Without(c, "sub")),
        ["rubbish"] = (_, _) => "a.b.c",
    };

    public static TheoryData<string> Wrongs { get; } = [.. Wrong.Keys];

    [Fact]
    public async Task A_browser_signs_in_and_the_first_one_is_the_administrator()
    {
        await using var server = await ConfigureAsync();

        var reply = await ReturnAsync(server, await LeaveAsync(Login + "?redirectBackPath=/env/1a5"));

        reply.Headers.Location!.ToString().ShouldBe("/env/1a5");
        var key = SessionOf(reply);
        reply.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("token=", StringComparison.Ordinal)).ShouldContain("httponly", Case.Insensitive);
        var token = (await Api.GetAsync("/token", ("Cookie", "token=" + key))).Data[0];
        token.GetProperty("userType").GetString().ShouldBe("admin");
        token.GetProperty("userIdentity").GetProperty("id").GetString().ShouldBe("1i!oidc_user:u-1");
        (await Api.GetAsync("/identities", Bearer(key))).Data.Select(i => i.GetProperty("externalId").GetString()).ShouldBe(["1a1", "u-1", "devs", "ops"]);
        (await EnableAsync(server, true, key)).Status.ShouldBe(200);
        (await Api.GetAsync("/token", Remote)).Data[0].GetProperty("redirectUrl").GetString().ShouldBe(Site + Login);
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_wrong_token_signs_nobody_in(string wrong)
    {
        await using var server = await ConfigureAsync();
        server.Issue = Wrong[wrong];

        ShouldBeRefused(await ReturnAsync(server, await LeaveAsync(Login)), wrong);
    }

    [Fact]
    public async Task What_one_browser_began_no_other_ends_and_nothing_works_twice()
    {
        await using var server = await ConfigureAsync();
        var left = await LeaveAsync(Login);
        var (code, state) = server.Consent(left.To);

        ShouldBeRefused(await Api.GetAsync($"{Site}/v1-auth/oidc/callback?code={code}&state={state}"));
        ShouldBeRefused(await Api.GetAsync($"{Site}/v1-auth/oidc/callback?code={code}&state={state}", left.Cookie));
        ShouldBeRefused(await Api.GetAsync($"{Site}/v1-auth/oidc/callback?code={code}&state=invented", left.Cookie));
        var again = await LeaveAsync(Login);
        (code, state) = server.Consent(again.To);
        SessionOf(await Api.GetAsync($"{Site}/v1-auth/oidc/callback?code={code}&state={state}", again.Cookie)).Length.ShouldBe(40);
        ShouldBeRefused(await Api.GetAsync($"{Site}/v1-auth/oidc/callback?code={code}&state={state}", again.Cookie));
    }

    [Fact]
    public async Task A_stranger_cannot_become_the_administrator_while_access_control_is_off()
    {
        await using var server = await ConfigureAsync();

        ShouldBeRefused(await ReturnAsync(server, await LeaveAsync(Login, Remote)));
    }

    [Theory]
    [InlineData("redirectBackPath=//evil.example")]
    [InlineData("redirectBackPath=/%5Cevil.example")]
    [InlineData("redirectBackPath=https://evil.example")]
    [InlineData("redirectBackBase=https://evil.example&redirectBackPath=/")]
    public async Task Nobody_is_sent_to_another_site(string query)
    {
        await using var server = await ConfigureAsync();

        (await Api.GetAsync($"{Site}{Login}?{query}")).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_group_of_the_provider_can_be_a_member()
    {
        await using var server = await ConfigureAsync();
        SessionOf(await ReturnAsync(server, await LeaveAsync(Login)));

        var project = await Api.PostAsync("/projects", new { name = "p", members = new[] { new { externalId = "devs", externalIdType = "oidc_group", role = "owner" } } });

        project.Status.ShouldBe(201, project.Text);
        (await Api.PostAsync("/projects", new { name = "q", members = new[] { new { externalId = "x", externalIdType = "martian", role = "owner" } } })).Code.ShouldBe("InvalidOption");
    }

    [Fact]
    public async Task A_session_that_a_browser_was_handed_is_in_the_audit_log()
    {
        await using var server = await ConfigureAsync();
        var key = SessionOf(await ReturnAsync(server, await LeaveAsync(Login)));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));

        Reply rows;
        while ((rows = await Api.GetAsync("/auditlogs?eventType=api.token.create", Bearer(key))).Data.Count == 0) await Task.Delay(20, deadline.Token);

        var row = rows.Data.ShouldHaveSingleItem();
        row.GetProperty("authenticatedAsAccountId").GetString().ShouldBe("1a1");
        row.GetProperty("clientIp").GetString().ShouldBe("127.0.0.1");
        rows.Text.ShouldNotContain(key);
    }

    [Fact]
    public async Task What_cannot_be_asked_for_again_ends_with_the_session()
    {
        await using var server = await ConfigureAsync();
        var key = SessionOf(await ReturnAsync(server, await LeaveAsync(Login)));
        await EnableAsync(server, true, key);

        await RefreshAsync();

        var session = (AuthToken)Api.Store.Current.All<AuthToken>().ShouldHaveSingleItem().Wanted;
        Api.Store.Current.Get<Account>(1)!.KnownUntil.ShouldBe(session.Expires);
    }

    [Fact]
    public async Task A_bare_code_is_not_taken_and_an_unreachable_provider_not_stored()
    {
        await using var server = await ConfigureAsync();

        (await TryAsync("some-code")).Code.ShouldBe("codeInvalid");
        (await PostAsync("http://127.0.0.1:1", false)).Status.ShouldBe(503);
    }

    private async Task<TestOidcServer> ConfigureAsync()
    {
        var server = await TestOidcServer.StartAsync();
        var reply = await EnableAsync(server, false);
        reply.Status.ShouldBe(200, reply.Text);
        reply.Text.ShouldNotContain(TestOidcServer.ClientSecret);
        return server;
    }

    private Task<Reply> EnableAsync(TestOidcServer server, bool enabled, string? key = null) => PostAsync(server.Issuer, enabled, key);

    private Task<Reply> PostAsync(string issuer, bool enabled, string? key = null)
        => Api.PostAsync(
            Site + "/v1-auth/config",
            new { provider = "oidcconfig", enabled, accessMode = "unrestricted", oidcConfig = new { issuer, clientId = TestOidcServer.ClientId, clientSecret = TestOidcServer.ClientSecret } },
            key is null ? [] : [Bearer(key)]);

    private Task<Reply> ReturnAsync(TestOidcServer server, (Uri To, (string Name, string Value) Cookie) left)
    {
        var (code, state) = server.Consent(left.To);
        return Api.GetAsync($"{Site}/v1-auth/oidc/callback?code={code}&state={state}", left.Cookie);
    }

    private static Dictionary<string, object> With(Dictionary<string, object> claims, string name, object value) => new(claims) { [name] = value };

    private static Dictionary<string, object> Without(Dictionary<string, object> claims, string name) => claims.Where(c => c.Key != name).ToDictionary();

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("u-1", "u-2", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }
}
