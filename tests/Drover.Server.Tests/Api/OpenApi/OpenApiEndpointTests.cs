using System.Text.Json;

namespace Drover.Server.Tests.Api.OpenApi;

/// <summary>Who gets which document, and that real answers are as it says.</summary>
public sealed class OpenApiEndpointTests : ApiTest
{
    [Fact]
    public async Task Each_scope_has_the_document_of_the_callers_role_in_it()
    {
        var server = await Api.GetAsync(Api.Root + "/openapi.json");
        var environment = await Api.GetAsync(Api.Project + "/openapi.json");

        server.Json.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe(Api.Root);
        environment.Json.GetProperty("servers")[0].GetProperty("url").GetString().ShouldBe(Api.Project);
        Creates(server.Json, "projects").ShouldBeTrue("an administrator makes environments");
        Creates(environment.Json, "stacks").ShouldBeTrue("an owner makes stacks");
        Creates(environment.Json, "projects").ShouldBeFalse();
    }

    [Fact]
    public async Task A_stranger_gets_none()
    {
        var reply = await Api.GetAsync(Api.Root + "/openapi.json", Remote);

        reply.Status.ShouldBe(401);
        reply.Text.ShouldNotContain("paths");
        (await Api.PostAsync(Api.Root + "/openapi.json")).Status.ShouldBe(405);
        (await Api.GetAsync(Api.Root.Replace("v2-beta", "v1", StringComparison.Ordinal) + "/openapi.json")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_request_that_names_another_role_gets_no_more()
        => (await Api.GetAsync(Api.Project + "/openapi.json?_role=superadmin")).Text.ShouldBe((await Api.GetAsync(Api.Project + "/openapi.json")).Text);

    [Fact]
    public async Task What_the_server_answers_is_what_the_document_says()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "s", dockerCompose = "version: '2'\nservices:\n  web:\n    image: nginx\n    ports: ['80:80']\n    labels: {a: b}\n    volumes: ['data:/data']\n  side:\n    image: redis\n" });
        var id = stack.GetProperty("id").GetString()!;
        await Api.CreateAsync(Api.Project + "/services", new { name = "made", stackId = id, launchConfig = new { imageUuid = "docker:x", restartPolicy = new { name = "always" }, environment = new { A = "1" } }, metadata = new { deep = new[] { 1 } } });
        await Api.CreateAsync(Api.Project + "/apikeys", new { name = "k" });
        await Api.CreateAsync(Api.Project + "/registrationtokens", new { });
        foreach (var scope in (string[])[Api.Root, Api.Project])
        {
            var schemas = new AnswerSchemas((await Api.GetAsync(scope + "/openapi.json")).Json);
            // Below an environment's address its members are answered to the caller's own role and not to that in the environment.
            string[] skipped = scope == Api.Project ? ["self", "schemas", "projectMembers"] : ["self", "schemas"];
            foreach (var link in (await Api.GetAsync(Api.Root)).Json.GetProperty("links").EnumerateObject().Where(link => !skipped.Contains(link.Name)))
            {
                var reply = await Api.GetAsync(scope + "/" + link.Name.ToLowerInvariant());
                if (reply.Status == 200) foreach (var item in reply.Data) schemas.Problems(item, item.GetProperty("type").GetString()!).ShouldBeEmpty(link.Name);
            }
        }
    }

    private static bool Creates(JsonElement document, string plural)
        => document.GetProperty("paths").TryGetProperty("/" + plural, out var path) && path.TryGetProperty("post", out _);
}
