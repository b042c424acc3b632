namespace Drover.Server.Tests.Api;

/// <summary>What belongs to environment A does not exist for B: in paths, bodies, links, filters, includes and lists.</summary>
public sealed class IsolationTests : ApiTest
{
    [Theory]
    [InlineData("GET", "/stacks/1st1")]
    [InlineData("PUT", "/stacks/1st1")]
    [InlineData("DELETE", "/stacks/1st1")]
    [InlineData("POST", "/stacks/1st1/?action=remove")]
    [InlineData("GET", "/stacks/1st1/volumetemplates")]
    [InlineData("POST", "/stacks/1st1/volumetemplates")]
    [InlineData("GET", "/networks/1n1/subnets")]
    [InlineData("GET", "/credentials/1c1")]
    [InlineData("GET", "/apikeys/1c1")]
    [InlineData("GET", "/projects/1a5/stacks")]
    [InlineData("GET", "/accounts/1a5")]
    [InlineData("GET", "/projects/1a5")]
    [InlineData("GET", "/projects/1a5/projectmembers")]
    public async Task Paths_to_another_environments_objects_are_404(string method, string path)
    {
        var (other, key) = await OtherAsync();

        var reply = await Api.SendAsync(new HttpMethod(method), $"{other}{path}", method is "GET" or "DELETE" ? null : new { name = "x", driver = "local" }, [key, Remote]);

        reply.Status.ShouldBeOneOf(403, 404);
        Api.Store.Current.Find("stack", 1)!.State.ShouldBe("active");
    }

    [Theory]
    [InlineData("/volumetemplates", """{"name":"a","driver":"local","stackId":"1st1"}""", "stackId")]
    [InlineData("/services", """{"name":"a","stackId":"1st1","launchConfig":{"imageUuid":"docker:a"}}""", "stackId")]
    [InlineData("/containers", """{"name":"a","imageUuid":"docker:a","networkIds":["1n1"]}""", "networkIds")]
    [InlineData("/services", """{"name":"a","launchConfig":{"imageUuid":"docker:a","networkIds":["1n1"]}}""", "networkIds")]
    public async Task References_in_bodies_to_another_environments_objects_are_invalid(string path, string body, string field)
    {
        var (other, key) = await OtherAsync();

        var reply = await Api.PostAsync(other + path, body, key, Remote);

        reply.Status.ShouldBe(422, reply.Text);
        reply.Code.ShouldBe("InvalidReference");
        reply.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("/stacks?accountId=1a5")]
    [InlineData("/stacks?id=1st1")]
    [InlineData("/stacks?name=mine")]
    [InlineData("/stacks?_removed&limit=-1")]
    [InlineData("/networks?include=subnets&id=1n1")]
    [InlineData("/stacks?include=volumeTemplates")]
    [InlineData("/apikeys?publicValue_notnull&accountId=1a5")]
    public async Task Lists_and_filters_never_show_another_environments_objects(string path)
    {
        var (other, key) = await OtherAsync();

        var reply = await Api.GetAsync(other + path, key, Remote);

        reply.Status.ShouldBe(200);
        reply.Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_environments_key_sees_its_own_environment_in_the_list_alone()
    {
        var (other, key) = await OtherAsync();

        var projects = await Api.GetAsync(other + "/projects", key, Remote);
        var accounts = await Api.GetAsync("/accounts", key, Remote);

        projects.Data.ShouldHaveSingleItem().GetProperty("name").GetString().ShouldBe("other");
        accounts.Data.ShouldAllBe(a => a.GetProperty("name").GetString() == "other");
    }

    /// <summary>A stack, template and key in Default; the scope and a key of another environment.</summary>
    private async Task<(string Scope, (string Name, string Value) Key)> OtherAsync()
    {
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "mine" }, "active");
        await Api.CreateAsync(Api.Project + "/volumetemplates", new { name = "data", driver = "local", stackId = "1st1" });
        await Api.CreateAsync(Api.Project + "/apikeys", new { name = "k" }, "active");
        var other = (await Api.CreateAsync("/projects", new { name = "other" }, "active")).GetProperty("id").GetString();
        var scope = $"{Api.Root}/projects/{other}";
        var key = (await Api.PostAsync(scope + "/apikeys", new { })).Json;
        await Api.UntilAsync(key.GetProperty("links").GetProperty("self").GetString()!, "active");
        var basic = ApiServer.Basic(key.GetProperty("publicValue").GetString()!, key.GetProperty("secretValue").GetString()!);
        return (scope, basic);
    }
}
