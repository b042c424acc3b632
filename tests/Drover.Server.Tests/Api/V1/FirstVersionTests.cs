using System.Text.Json;
using Drover.Model.Kernel;
using Drover.Server.Api;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Rendering;
using Drover.Server.Api.Views;
using Drover.Store;

namespace Drover.Server.Tests.Api.V1;

/// <summary>The face that v1 gives to the same records (api-semantics.md section 13).</summary>
public sealed class FirstVersionTests : ApiTest
{
    private string Old => Api.Root.Replace("/v2-beta", "/v1", StringComparison.Ordinal);

    private string OldProject => Old + "/projects/1a5";

    [Theory]
    [InlineData("admin", Roles.Admin)]
    [InlineData("agent", Roles.Agent)]
    [InlineData("agentRegister", Roles.AgentRegister)]
    [InlineData("member", Roles.Member)]
    [InlineData("owner", Roles.Owner)]
    [InlineData("project", Roles.Project)]
    [InlineData("projectadmin", Roles.ProjectAdmin)]
    [InlineData("readAdmin", Roles.ReadAdmin)]
    [InlineData("readonly", Roles.ReadOnly)]
    [InlineData("register", Roles.Register)]
    [InlineData("restricted", Roles.Restricted)]
    [InlineData("service", Roles.Service)]
    [InlineData("token", Roles.Token)]
    [InlineData("user", Roles.User)]
    public void Schemas_are_the_contracts_for_every_role(string file, Roles role)
    {
        if (Environment.GetEnvironmentVariable("DROVER_REFERENCE") is not { Length: > 0 } folder)
        {
            Assert.Skip("No reference folder: set DROVER_REFERENCE");
            return;
        }

        var catalog = new RoleCatalogs(Catalog.All).Of(role, ApiVersion.V1);
        var store = new ResourceStore(Catalog.All, TimeProvider.System, Guid.NewGuid);
        var call = new ApiCall(ApiPath.Parse("/v1/schemas"), new Caller(role, 1, 1), catalog, store.Current, new UrlSpace("http://h", "v1", null));
        using var answer = Answer.Json(json => new SchemaWriter(call).WriteAll(json));

        using var ours = JsonDocument.Parse(answer.Bytes);
        using var contract = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "api-schemas", "v1", file + ".json")).Replace("%BASE%", "http://h", StringComparison.Ordinal));
        JsonElement.DeepEquals(ours.RootElement.GetProperty("data"), contract.RootElement.GetProperty("data")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Roles.Superadmin)]
    [InlineData(Roles.Environment)]
    public void Roles_without_a_set_of_their_own_see_the_latest_schemas(Roles role)
    {
        var catalogs = new RoleCatalogs(Catalog.All);

        catalogs.Of(role, ApiVersion.V1).ShouldBeSameAs(catalogs.Of(role));
    }

    [Fact]
    public async Task A_stack_is_an_environment_with_an_id_and_links_of_that_name()
    {
        var created = await Api.CreateAsync(OldProject + "/environments", new { name = "app" }, "active");

        created.GetProperty("type").GetString().ShouldBe("environment");
        created.GetProperty("id").GetString()!.ShouldStartWith("1e");
        created.GetProperty("links").GetProperty("self").GetString()!.ShouldBe($"{OldProject}/environments/{created.GetProperty("id").GetString()}");
        created.GetProperty("kind").GetString().ShouldBe("environment");
        created.GetProperty("actions").GetProperty("exportconfig").GetString()!.ShouldContain("/v1/projects/1a5/environments/");
        var today = await Api.GetAsync(Api.Project + "/stacks?name=app");
        today.Data.Single().GetProperty("id").GetString().ShouldBe("1st" + created.GetProperty("id").GetString()![2..]);
    }

    [Fact]
    public async Task A_service_is_created_found_and_shown_by_its_environment()
    {
        var stack = (await Api.CreateAsync(OldProject + "/environments", new { name = "app" }, "active")).GetProperty("id").GetString();
        var other = (await Api.CreateAsync(OldProject + "/environments", new { name = "other" }, "active")).GetProperty("id").GetString();

        var service = await Api.CreateAsync(OldProject + "/services", new { name = "web", environmentId = stack, launchConfig = new { imageUuid = "docker:busybox" } });

        service.GetProperty("environmentId").GetString().ShouldBe(stack);
        service.GetProperty("stackId").GetString().ShouldBe("1st" + stack![2..]);
        var links = service.GetProperty("links");
        links.TryGetProperty("stack", out _).ShouldBeFalse();
        (await Api.GetAsync(links.GetProperty("environment").GetString()!)).Json.GetProperty("id").GetString().ShouldBe(stack);
        (await Api.GetAsync($"{OldProject}/services?environmentId={stack}")).Data.Count.ShouldBe(1);
        (await Api.GetAsync($"{OldProject}/services?environmentId={other}")).Data.ShouldBeEmpty();
        (await Api.GetAsync($"{OldProject}/environments/{stack}/services")).Data.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Links_lead_to_what_the_version_has()
    {
        var stack = await Api.CreateAsync(OldProject + "/environments", new { name = "app" }, "active");
        var service = await Api.CreateAsync(OldProject + "/services", new { name = "web", environmentId = stack.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:busybox" } });

        foreach (var link in new[] { stack, service }.SelectMany(resource => resource.GetProperty("links").EnumerateObject()))
            if (link.Name != "containerStats")
                (await Api.GetAsync(link.Value.GetString()!)).Status.ShouldBe(200, link.Name);
    }

    [Fact]
    public async Task Lists_of_stacks_and_services_are_of_environments()
    {
        (await Api.GetAsync(OldProject + "/environments")).Json.GetProperty("resourceType").GetString().ShouldBe("environment");
        (await Api.GetAsync(OldProject + "/services")).Json.GetProperty("resourceType").GetString().ShouldBe("environment");
        (await Api.GetAsync(OldProject + "/containers")).Json.GetProperty("resourceType").GetString().ShouldBe("container");
    }

    [Theory]
    [InlineData("/stacks")]
    [InlineData("/secrets")]
    [InlineData("/projectTemplates")]
    public async Task What_came_later_is_not_there(string type)
        => (await Api.GetAsync(OldProject + type)).Status.ShouldBe(404);

    [Fact]
    public async Task An_environment_says_its_orchestrator_by_flags_and_has_no_later_fields()
    {
        var project = (await Api.GetAsync(Old + "/projects/1a5")).Json;

        project.GetProperty("kubernetes").GetBoolean().ShouldBeFalse();
        project.TryGetProperty("orchestration", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_container_is_created_with_the_fields_of_its_time()
    {
        var reply = await Api.PostAsync(OldProject + "/containers", new { name = "c", imageUuid = "docker:busybox", blkioWeight = 10 });

        reply.Status.ShouldBe(201, reply.Text);
        reply.Json.TryGetProperty("blkioWeight", out _).ShouldBeFalse();
        (await Api.GetAsync($"{Api.Project}/containers/{reply.Json.GetProperty("id").GetString()}")).Json.GetProperty("blkioWeight").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_version_lists_what_can_be_listed_and_names_its_schemas()
    {
        var reply = await Api.GetAsync(Old);

        reply.Header("X-API-Schemas").ShouldBe(Old + "/schemas");
        reply.Json.GetProperty("id").GetString().ShouldBe("v1");
        reply.Json.GetProperty("links").GetProperty("accounts").GetString().ShouldBe(Old + "/accounts");
    }

    [Fact]
    public async Task A_program_that_asks_for_the_root_gets_the_first_version_and_a_browser_does_not()
    {
        var root = Old[..^3] + "/";

        (await Api.GetAsync(root)).Json.GetProperty("id").GetString().ShouldBe("v1");
        (await Api.GetAsync(root, ("User-Agent", "Mozilla/5.0"))).Text.ShouldNotContain("apiVersion");
    }

    [Theory]
    [InlineData("container", "containers")]
    [InlineData("ENVIRONMENTS", "environments")]
    public async Task One_schema_is_found_by_singular_or_plural_in_any_letter_case(string word, string plural)
        => (await Api.GetAsync($"{OldProject}/schemas/{word}")).Json.GetProperty("pluralName").GetString().ShouldBe(plural);
}
