using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Drover.Server.Tests.SignIn.Memberships;

/// <summary>Rounds over many people of whom some get no answer.</summary>
public sealed class GitHubRoundTests : BrowserTest
{
    private static readonly string[] People = ["ann", "bob", "cid", "dan", "eve"];

    /// <summary>What GitHub says to a person's token on one path.</summary>
    private readonly ConcurrentDictionary<string, Refusal> _refusals = new();

    private readonly ConcurrentDictionary<string, bool> _left = new();

    private sealed record Refusal(string Path, int Status, string Message = "", (string Name, string Value)? Header = null);

    [Fact]
    public async Task People_without_an_answer_do_not_keep_those_behind_them_from_being_asked_about()
    {
        await using var github = await StartAsync();
        var keys = await SignInAllAsync(github);
        foreach (var silent in new[] { "bob", "cid", "dan" }) _refusals[silent] = new("/user/orgs", 502);
        _left["eve"] = true;

        await RefreshAsync();
        await RefreshAsync();

        (await GroupsAsync(keys["eve"])).ShouldBeEmpty();
        (await GroupsAsync(keys["bob"])).ShouldBe(["70"]);
    }

    [Fact]
    public async Task A_round_ends_early_only_where_the_provider_does_not_answer()
    {
        await using var github = await StartAsync();
        var keys = await SignInAllAsync(github);
        foreach (var odd in new[] { "bob", "cid", "dan" }) _refusals[odd] = new("/user/orgs", 404, "Not Found");
        _left["eve"] = true;

        await RefreshAsync();

        (await GroupsAsync(keys["eve"])).ShouldBeEmpty();
        (await GroupsAsync(keys["bob"])).ShouldBe(["70"]);
    }

    [Fact]
    public async Task Whom_GitHub_suspends_is_out_until_the_suspension_ends()
    {
        await using var github = await StartAsync();
        var keys = await SignInAllAsync(github);
        _refusals["bob"] = new("/user", 403, "Sorry. Your account was suspended.", ("X-RateLimit-Remaining", "4999"));

        await RefreshAsync();

        (await Api.GetAsync("/projects", Bearer(keys["bob"]))).Code.ShouldBe("AuthError");
        _refusals.Clear();
        await RefreshAsync();
        (await GroupsAsync(keys["bob"])).ShouldBe(["70"]);
    }

    [Theory]
    [InlineData(403, "API rate limit exceeded for user ID 2.", "X-RateLimit-Remaining", "0")]
    [InlineData(403, "Wait a while.", "Retry-After", "60")]
    [InlineData(403, "You have exceeded a secondary rate limit.", "X-RateLimit-Remaining", "17")]
    [InlineData(403, "", "X-Proxy", "blocked")]
    [InlineData(429, "Slow down.", "X-RateLimit-Remaining", "17")]
    public async Task Who_is_asked_about_too_often_keeps_what_they_have(int status, string message, string header, string value)
    {
        await using var github = await StartAsync();
        var keys = await SignInAllAsync(github);
        foreach (var path in new[] { "/user", "/user/orgs" })
        {
            _refusals["bob"] = new(path, status, message, (header, value));

            await RefreshAsync();

            (await GroupsAsync(keys["bob"])).ShouldBe(["70"]);
        }
    }

    private async Task<List<string?>> GroupsAsync(string key)
        => [.. (await Api.GetAsync("/identities", Bearer(key))).Data.Where(i => !i.GetProperty("user").GetBoolean()).Select(i => i.GetProperty("externalId").GetString())];

    /// <summary>The sessions of all, in the order of their accounts.</summary>
    private async Task<Dictionary<string, string>> SignInAllAsync(StubServer github)
    {
        var keys = new Dictionary<string, string>();
        (await ConfigureAsync(github, false)).Status.ShouldBe(200);
        keys["ann"] = await SignInAsync("ann");
        (await ConfigureAsync(github, true, Bearer(keys["ann"]))).Status.ShouldBe(200);
        foreach (var person in People[1..]) keys[person] = await SignInAsync(person);
        return keys;
    }

    private Task<Api.Reply> ConfigureAsync(StubServer github, bool enabled, params (string, string)[] headers)
        => Api.PostAsync(
            Site + "/v1-auth/config",
            new { provider = "githubconfig", enabled, accessMode = "unrestricted", githubConfig = new { hostname = new Uri(github.Url).Authority, scheme = "http://", clientId = "id", clientSecret = "client-secret" } },
            headers);

    /// <summary>A GitHub where the code and the token of a person are the person's name, and all are in one organisation.</summary>
    private Task<StubServer> StartAsync() => StubServer.StartAsync(async http =>
    {
        http.Response.ContentType = "application/json";
        if (http.Request.Path == "/login/oauth/access_token")
        {
            using var reader = new StreamReader(http.Request.Body);
            var code = QueryHelpers.ParseQuery(await reader.ReadToEndAsync())["code"].ToString();
            await http.Response.WriteAsync($$"""{"access_token":"{{code}}"}""");
            return;
        }

        var person = http.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var path = http.Request.Path.Value!["/api/v3".Length..];
        if (_refusals.TryGetValue(person, out var refusal) && refusal.Path == path)
        {
            http.Response.StatusCode = refusal.Status;
            if (refusal.Header is { } header) http.Response.Headers[header.Name] = header.Value;
            await http.Response.WriteAsync(refusal.Message.Length == 0 ? "<html>" : $$"""{"message":"{{refusal.Message}}"}""");
            return;
        }

        await http.Response.WriteAsync(path switch
        {
            "/user" => $$"""{"id":{{Array.IndexOf(People, person) + 1}},"login":"{{person}}","type":"User"}""",
            "/user/orgs" when !_left.ContainsKey(person) => """[{"id":70,"login":"acme","type":"Organization"}]""",
            _ => "[]",
        });
    });
}
