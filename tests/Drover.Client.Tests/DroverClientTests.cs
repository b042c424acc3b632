using System.Text.Json.Nodes;

namespace Drover.Client.Tests;

public sealed class DroverClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "1a5")]
    [InlineData("1a7", "1a7")]
    [InlineData("staging", "1a7")]
    [InlineData("STAGING", "1a7")]
    public async Task An_environment_is_entered_by_id_by_name_or_by_being_the_default(string? asked, string id)
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/projects", FakeApi.List(Project("1a5", "Default"), Project("1a7", "Staging")));
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        (await client.EnterAsync(asked, Token)).Id.ShouldBe(id);
    }

    [Fact]
    public async Task The_environment_in_the_address_counts_where_none_is_named()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/projects", FakeApi.List(Project("1a5", "Default"), Project("1a7", "Staging")));
        using var client = new DroverClient(new ClientOptions { Url = new Uri(api.Url, "/v2-beta/projects/1a7/schemas") });
        (await client.EnterAsync(null, Token)).Name.ShouldBe("Staging");
    }

    [Fact]
    public async Task An_unknown_environment_is_refused_with_the_names_there_are()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/projects", FakeApi.List(Project("1a6", "One"), Project("1a7", "Two")));
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        (await Should.ThrowAsync<ApiException>(() => client.EnterAsync("Three", Token))).Message.ShouldContain("there are One, Two");
        (await Should.ThrowAsync<ApiException>(() => client.EnterAsync(null, Token))).Message.ShouldContain("name an environment");
    }

    [Fact]
    public async Task Within_an_environment_every_address_names_it()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("GET /v2-beta/projects", FakeApi.List(Project("1a7", "Staging")));
        api.On("GET /v2-beta/projects/1a7/hosts/1h1", new JsonObject { ["id"] = "1h1", ["hostname"] = "a" });
        using var client = new DroverClient(new ClientOptions { Url = api.Url });
        (await (await client.EnterAsync(null, Token)).Hosts.GetAsync("1h1", Token)).Text("hostname").ShouldBe("a");
    }

    [Fact]
    public void A_secret_key_does_not_show_when_options_are_printed() =>
        new ClientOptions { Url = new Uri("http://h"), AccessKey = "key", SecretKey = "hidden" }.ToString().ShouldNotContain("hidden");

    private static JsonObject Project(string id, string name) => new() { ["id"] = id, ["type"] = "project", ["name"] = name };
}
