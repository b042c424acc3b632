using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Catalogs;

/// <summary>The catalog service that clients open before they list stacks.</summary>
public sealed class CatalogRoutesTests : ApiTest
{
    [Theory]
    [InlineData("/v1-catalog")]
    [InlineData("/v1-catalog/projects/1a5")]
    public async Task A_client_finds_its_schemas_and_no_templates(string at)
    {
        var root = await GetAsync(at);
        var schemas = root.Header("X-API-Schemas");
        schemas.ShouldNotBeNull().ShouldEndWith(at + "/schemas");

        var found = await GetAsync(schemas!);
        found.Header("X-API-Schemas").ShouldBe(schemas, "a client that asked for the schemas asks no further");
        var template = found.Data.Single(schema => schema.GetProperty("id").GetString() == "template");
        template.GetProperty("collectionMethods")[0].GetString().ShouldBe("GET");

        (await GetAsync(template.GetProperty("links").GetProperty("collection").GetString()! + "?category_ne=infra")).Data.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1-catalog/templates/library:x")]
    [InlineData("/v1-catalog/nothing")]
    public async Task What_is_not_there_is_not_found(string path)
        => (await GetAsync(path)).ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(404), reply => reply.Code.ShouldBe("Not Found"));

    [Fact]
    public async Task Nothing_can_be_changed() => (await Api.PostAsync(Api.Server.Url + "v1-catalog/templates?action=refresh")).Status.ShouldBe(405);

    private Task<Reply> GetAsync(string path) => Api.GetAsync(path.StartsWith('/') ? Api.Server.Url + path[1..] : path);
}
