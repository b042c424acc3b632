using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Containers;

/// <summary>What 1.6 kept in rows beside containers: views of them, with links on both sides.</summary>
public sealed class ContainerRowsTests : ApiTest
{
    [Fact]
    public async Task Labels_of_a_container_are_rows_that_lead_back_to_it()
    {
        var container = await CreateAsync("web", new { labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } });

        var labels = (await Api.GetAsync(Link(container, "instanceLabels"))).Data;

        labels.Select(l => (l.GetProperty("key").GetString(), l.GetProperty("value").GetString())).ShouldBe([("a", "1"), ("b", "2")]);
        var one = (await Api.GetAsync($"{Api.Project}/labels/{Id(labels[1])}")).Json;
        one.GetProperty("value").GetString().ShouldBe("2");
        (await Api.GetAsync(one.GetProperty("links").GetProperty("instances").GetString()!)).Data.Select(Id).ShouldBe([Id(container)]);
    }

    [Fact]
    public async Task Links_of_a_container_are_rows_on_both_sides()
    {
        var db = await CreateAsync("db", new { });
        var web = await CreateAsync("web", new { instanceLinks = new Dictionary<string, string?> { ["database"] = Id(db) } });

        var link = (await Api.GetAsync(Link(web, "instanceLinks"))).Data.Single();

        link.GetProperty("linkName").GetString().ShouldBe("database");
        link.GetProperty("targetInstanceId").GetString().ShouldBe(Id(db));
        (await Api.GetAsync(Link(db, "targetInstanceLinks"))).Data.Select(Id).ShouldBe([Id(link)]);
        (await Api.GetAsync($"{Api.Project}/instancelinks?instanceId={Id(web)}")).Data.Count.ShouldBe(1);
        (await Api.GetAsync($"{Api.Project}/instancelinks?instanceId={Id(db)}")).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_of_another_environment_are_not_there()
    {
        var container = await CreateAsync("web", new { labels = new Dictionary<string, string> { ["a"] = "1" } });
        var label = Id((await Api.GetAsync(Link(container, "instanceLabels"))).Data.Single());
        var other = (await Api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString();

        (await Api.GetAsync($"/projects/{other}/labels/{label}")).Status.ShouldBe(404);
        (await Api.GetAsync($"/projects/{other}/labels")).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_are_changed_where_they_follow_from()
    {
        var container = await CreateAsync("web", new { instanceLinks = new Dictionary<string, string?> { ["self"] = Id(await CreateAsync("db", new { })) } });
        var link = (await Api.GetAsync(Link(container, "instanceLinks"))).Data.Single();

        var reply = await Api.PutAsync(link.GetProperty("links").GetProperty("self").GetString()!, new { targetInstanceId = Id(container) });

        reply.Status.ShouldBe(405);
        reply.Json.GetProperty("detail").GetString()!.ShouldContain("follow from other objects");
    }

    private Task<JsonElement> CreateAsync(string name, object more)
    {
        var body = JsonSerializer.SerializeToNode(more)!.AsObject();
        body["name"] = name;
        body["imageUuid"] = "docker:busybox";
        return Api.CreateAsync(Api.Project + "/containers", body.ToJsonString());
    }

    private static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;

    private static string Link(JsonElement resource, string name) => resource.GetProperty("links").GetProperty(name).GetString()!;
}
