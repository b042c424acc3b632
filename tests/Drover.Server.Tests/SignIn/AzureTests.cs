using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Drover.Server.Tests.SignIn;

public sealed class AzureTests : SignInTest
{
    private const string Ann = "11111111-1111-1111-1111-111111111111", Devs = "22222222-2222-2222-2222-222222222222", Staff = "33333333-3333-3333-3333-333333333333";

    private volatile string _groups = $$"""[{"@odata.type":"#microsoft.graph.group","id":"{{Devs}}","displayName":"devs"},{"@odata.type":"#microsoft.graph.group","id":"{{Staff}}","displayName":"staff"},{"@odata.type":"#microsoft.graph.directoryRole","id":"x","displayName":"role"}]""";
    private volatile bool _isEnabled = true;

    [Fact]
    public async Task A_password_is_exchanged_for_people_and_groups_of_groups()
    {
        await using var azure = await StartAsync();
        await PointAtAsync(azure);
        (await ConfigureAsync(false)).Status.ShouldBe(201);

        (await TryAsync("no-colon")).Code.ShouldBe("MalformedCode");
        (await TryAsync("ann:wrong")).Status.ShouldBe(401);
        (await TryAsync("ann:")).Status.ShouldBe(401);
        var key = await SignInAsync("ann:ann-secret");

        (await Api.GetAsync("/identities", Bearer(key))).Data.Select(i => i.GetProperty("externalId").GetString()).ShouldBe(["1a1", Ann, Devs, Staff]);
        (await ConfigureAsync(true, key)).Status.ShouldBe(201);
        (await Api.GetAsync("/identities?all=an", Bearer(key))).Data.ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe("1i!azuread_user:" + Ann);
        (await Api.GetAsync($"/identities/azuread_user:{Ann}", Bearer(key))).Json.GetProperty("name").GetString().ShouldBe("Ann");
        (await Api.GetAsync("/azureadconfig", Bearer(key))).Text.ShouldNotContain("admin-secret");
    }

    [Fact]
    public async Task A_wrong_administrators_account_is_not_stored_and_an_absent_provider_says_so()
    {
        await using var azure = await StartAsync();
        await PointAtAsync(azure);

        (await ConfigureAsync(false, adminPassword: "wrong")).Status.ShouldBe(401);
        (await ConfigureAsync(false)).Status.ShouldBe(201);
        await azure.DisposeAsync();
        (await TryAsync("ann:ann-secret")).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Groups_are_asked_for_again_as_the_administrators_account_and_the_disabled_are_out()
    {
        await using var azure = await StartAsync();
        await PointAtAsync(azure);
        await ConfigureAsync(false);
        var key = await SignInAsync("ann:ann-secret");
        await ConfigureAsync(true, key);

        _groups = "[]";
        await RefreshAsync();
        (await Api.GetAsync("/identities", Bearer(key))).Data.Select(i => i.GetProperty("externalId").GetString()).ShouldBe(["1a1", Ann]);
        _isEnabled = false;
        await RefreshAsync();

        (await Api.GetAsync("/identities", Bearer(key))).Code.ShouldBe("AuthError");
    }

    private async Task PointAtAsync(StubServer azure)
    {
        foreach (var name in (string[])["login", "graph"])
            (await Api.PutAsync($"/settings/api.auth.azure.{name}.url", new { value = azure.Url })).Status.ShouldBe(200);
    }

    private Task<Api.Reply> ConfigureAsync(bool enabled, string? key = null, string adminPassword = "admin-secret")
        => Api.PostAsync(
            "/azureadconfig",
            new { enabled, accessMode = "unrestricted", clientId = "app", tenantId = "lab", domain = "lab.test", adminAccountUsername = "boss", adminAccountPassword = adminPassword },
            key is null ? [] : [Bearer(key)]);

    private Task<StubServer> StartAsync() => StubServer.StartAsync(async http =>
    {
        using var reader = new StreamReader(http.Request.Body);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync());
        http.Response.ContentType = "application/json";
        var isKnown = http.Request.Headers.Authorization.ToString().StartsWith("Bearer at-", StringComparison.Ordinal);
        var body = http.Request.Path.Value switch
        {
            "/lab/oauth2/v2.0/token" => (form["username"].ToString(), form["password"].ToString()) is ("ann@lab.test", "ann-secret") or ("boss@lab.test", "admin-secret") && form["client_id"] == "app" ? """{"access_token":"at-1"}""" : null,
            "/v1.0/me" when isKnown => Person,
            "/v1.0/me/transitiveMemberOf" or $"/v1.0/users/{Ann}/transitiveMemberOf" when isKnown => $$"""{"value":{{_groups}}}""",
            "/v1.0/users" when isKnown => http.Request.Query["$filter"].ToString().Contains("'an'", StringComparison.Ordinal) ? $$"""{"value":[{{Person}}]}""" : """{"value":[]}""",
            "/v1.0/groups" when isKnown => """{"value":[]}""",
            $"/v1.0/users/{Ann}" when isKnown => Person.Replace("}", $",\"accountEnabled\":{(_isEnabled ? "true" : "false")}}}", StringComparison.Ordinal),
            _ => null,
        };
        http.Response.StatusCode = body is null ? 400 : 200;
        await http.Response.WriteAsync(body ?? """{"error":"invalid_grant"}""");
    });

    private static string Person => $$"""{"id":"{{Ann}}","displayName":"Ann","userPrincipalName":"ann@lab.test"}""";
}
