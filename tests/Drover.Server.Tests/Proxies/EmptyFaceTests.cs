using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Proxies;

/// <summary>`/v1-catalog` and `/v1-webhooks` where nothing is configured, as the old clients ask (clients.md section 4, ui.md section 2.9).</summary>
public sealed class EmptyFaceTests : ApiTest
{
    [Theory]
    [InlineData("v1-catalog", "template")]
    [InlineData("v1-catalog/projects/1a5", "template")]
    [InlineData("v1-webhooks", "receiver")]
    public async Task A_client_finds_the_types_and_lists_nothing(string path, string type)
    {
        var root = await Api.GetAsync(Api.Server.Url + path);
        (root.Status, root.Header("X-API-Schemas")).ShouldBe((200, $"{Api.Server.Url}{path}/schemas"));

        var schemas = await Api.GetAsync(root.Header("X-API-Schemas")!);
        var schema = schemas.Data.Single(s => s.GetProperty("id").GetString() == type);
        schema.GetProperty("collectionMethods")[0].GetString().ShouldBe("GET");
        schema.GetProperty("links").GetProperty("self").GetString().ShouldBe($"{Api.Server.Url}{path}/schemas/{type}");
        (await Api.GetAsync(schema.GetProperty("links").GetProperty("self").GetString()!)).Json.GetProperty("type").GetString().ShouldBe("schema");
        var list = await Api.GetAsync(schema.GetProperty("links").GetProperty("collection").GetString()! + "?category_ne=infra&rancherVersion=v1.6.30");
        (list.Status, list.Json.GetProperty("resourceType").GetString()).ShouldBe((200, type));
        list.Data.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("v1-catalog/templates/library:wordpress:0", 404)]
    [InlineData("v1-catalog/templateversions/library:wordpress:0", 404)]
    [InlineData("v1-catalog/schemas/nothing", 404)]
    [InlineData("v1-catalog/nothing", 404)]
    [InlineData("v1-webhooks/endpoint", 404)]
    [InlineData("v1-telemetry", 404)]
    public async Task What_is_not_there_is_said_as_the_contract_says_it(string path, int status)
    {
        var reply = await Api.GetAsync(Api.Server.Url + path);

        (reply.Status, reply.Json.GetProperty("type").GetString(), reply.Json.GetProperty("status").GetInt32()).ShouldBe((status, "error", status));
    }

    [Fact]
    public async Task Nothing_can_be_written_and_strangers_see_nothing()
    {
        (await Api.PostAsync(Api.Server.Url + "v1-catalog/catalogs", new { name = "x" })).Status.ShouldBe(405);
        (await Api.PostAsync(Api.Server.Url + "v1-webhooks/receivers", new { name = "x" })).Status.ShouldBe(405);

        foreach (var path in new[] { "v1-catalog", "v1-catalog/templates", "v1-webhooks/receivers", "v1-webhooks" })
            (await Api.GetAsync(Api.Server.Url + path, ("X-Forwarded-For", "10.0.0.1"))).Status.ShouldBe(401, path);
    }
}
