using System.Text.Json;

namespace Drover.Server.Tests.Api;

/// <summary>`purge` of what was removed, and what its id answers then (api-semantics.md section 19; API-09).</summary>
public sealed class PurgeTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drover-purge-");
    private ApiServer _api = new();

    private static (string Name, string Value) Remote { get; } = ("X-Forwarded-For", "10.0.0.1");

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/accounts", """{"name":"gone","kind":"user"}""")]
    [InlineData("/projects", """{"name":"gone"}""")]
    [InlineData("/projects/1a5/registries", """{"serverAddress":"registry.example.com"}""")]
    [InlineData("/projects/1a5/apikeys", """{"name":"gone"}""")]
    public async Task What_was_removed_is_purged_and_its_id_says_so(string collection, string body)
    {
        await StartAsync();
        var self = await RemovedAsync(collection, body);

        var purged = await _api.PostAsync(self + "/?action=purge");

        purged.Status.ShouldBe(202, purged.Text);
        foreach (var answer in new[] { purged.Json, (await _api.GetAsync(self)).Json })
        {
            answer.GetProperty("state").GetString().ShouldBe("purged");
            answer.GetProperty("transitioning").GetString().ShouldBe("no");
            answer.GetProperty("removed").ValueKind.ShouldBe(JsonValueKind.String);
            answer.GetProperty("actions").EnumerateObject().ShouldBeEmpty();
        }

        (await _api.GetAsync(collection + "?all=true")).Data.ShouldNotContain(row => row.GetProperty("links").GetProperty("self").GetString() == self);
        (await _api.PostAsync(self + "/?action=purge")).Code.ShouldBe("ActionNotAvailable");
    }

    [Fact]
    public async Task A_removed_environment_takes_no_members()
    {
        await StartAsync();
        var self = await RemovedAsync("/projects", """{"name":"gone"}""");

        var reply = await _api.PostAsync(self + "/?action=setmembers", new { members = new[] { TestPeople.Member("1a1", "owner") } });

        reply.Status.ShouldBe(422, reply.Text);
        reply.Code.ShouldBe("ActionNotAvailable");
    }

    [Fact]
    public async Task What_lives_is_not_purged()
    {
        await StartAsync();
        var account = await _api.CreateAsync("/accounts", new { name = "here", kind = "user" }, "active");

        var reply = await _api.PostAsync(account.GetProperty("links").GetProperty("self").GetString() + "/?action=purge");

        reply.Status.ShouldBe(422);
        reply.Code.ShouldBe("ActionNotAvailable");
    }

    [Fact]
    public async Task Nobody_purges_what_is_anothers()
    {
        await StartAsync();
        var other = (await _api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString();
        var stranger = await TestPeople.AddAsync(_api, "stranger");
        var registry = await RemovedAsync($"/projects/{other}/registries", """{"serverAddress":"registry.example.com"}""");
        var project = await RemovedAsync("/projects", """{"name":"gone"}""");

        (await _api.PostAsync(registry + "/?action=purge", null, stranger, Remote)).Status.ShouldBeOneOf(403, 404);
        (await _api.PostAsync(project + "/?action=purge", null, stranger, Remote)).Status.ShouldBe(404);
        (await _api.GetAsync(registry)).Json.GetProperty("state").GetString().ShouldBe("removed");
    }

    [Fact]
    public async Task A_purge_outlives_the_server_and_numbers_are_not_given_again()
    {
        await StartAsync();
        var self = new Uri(await RemovedAsync("/accounts", """{"name":"gone","kind":"user"}""")).PathAndQuery;
        await _api.PostAsync(new Uri(_api.Server.Url, self) + "/?action=purge");

        await _api.DisposeAsync();
        _api = new ApiServer();
        await StartAsync();

        (await _api.GetAsync(new Uri(_api.Server.Url, self).ToString())).Json.GetProperty("state").GetString().ShouldBe("purged");
        new Uri((await _api.CreateAsync("/accounts", new { name = "next", kind = "user" })).GetProperty("links").GetProperty("self").GetString()!).PathAndQuery.ShouldNotBe(self);
    }

    private async Task StartAsync()
    {
        _api.Options = _api.Options with { DataFolder = Path.Combine(_folder.FullName, "data") };
        await _api.StartAsync();
    }

    /// <summary>The self link of something that was created and removed.</summary>
    private async Task<string> RemovedAsync(string collection, string body)
    {
        var made = await _api.PostAsync(collection, body);
        made.Status.ShouldBe(201, made.Text);
        await _api.UntilAsync(made.Self, "active");
        if ((await _api.DeleteAsync(made.Self)).Status == 405) // keys are deactivated first (AUTH-27)
        {
            await _api.PostAsync(made.Self + "/?action=deactivate");
            await _api.UntilAsync(made.Self, "inactive");
            (await _api.DeleteAsync(made.Self)).Status.ShouldBe(200);
        }

        await _api.UntilAsync(made.Self, "removed");
        return made.Self;
    }
}
