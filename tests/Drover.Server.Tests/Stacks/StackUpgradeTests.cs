using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Stacks;

/// <summary>Stacks that are changed to other compose files: the real server and the real agent, only the engine is a fake.</summary>
public sealed class StackUpgradeTests : ApiTest
{
    private const string First = "version: '2'\nservices:\n  web:\n    image: web:1\n    environment: {A: '${A}'}\n  db:\n    image: db:1\n";
    private const string Second = "version: '2'\nservices:\n  web:\n    image: web:2\n    environment: {A: '${A}'}\n    links: [cache]\n  db:\n    image: db:1\n  cache:\n    image: cache:1\n";
    private const string Paced = "version: '2'\nservices:\n  web:\n    upgrade_strategy: {start_first: true, batch_size: 2, interval_millis: 100}\n";

    [Fact]
    public async Task Only_what_changed_is_upgraded_what_is_new_is_made_and_a_rollback_restores_files_and_services()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var stack = await CreateAsync();

        var reply = await Api.PostAsync(stack + "?action=upgrade", new { dockerCompose = Second, rancherCompose = Paced, externalId = "catalog://x:2" });

        (reply.Status, reply.Json.GetProperty("state").GetString()).ShouldBe((202, "upgrading"), reply.Text);
        var upgraded = await Api.UntilAsync(stack, "upgraded");
        (upgraded.GetProperty("externalId").GetString(), upgraded.GetProperty("previousExternalId").GetString()).ShouldBe(("catalog://x:2", "catalog://x:1"));
        (await StatesAsync()).ShouldBe([("cache", "active", "docker:cache:1"), ("db", "active", "docker:db:1"), ("web", "upgraded", "docker:web:2")]);
        var strategy = (await ServiceAsync("web")).GetProperty("upgrade").GetProperty("inServiceStrategy");
        (strategy.GetProperty("startFirst").GetBoolean(), strategy.GetProperty("batchSize").GetInt64()).ShouldBe((true, 2));
        await Api.PostAsync(stack + "?action=rollback", new { });
        var back = await Api.UntilAsync(stack, "active");
        (back.GetProperty("dockerCompose").GetString(), back.GetProperty("externalId").GetString()).ShouldBe((First, "catalog://x:1"));
        (await StatesAsync())[2].ShouldBe(("web", "active", "docker:web:1"));
    }

    [Fact]
    public async Task Finishing_the_stack_finishes_its_services_and_answers_stay_where_no_others_are_given()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var stack = await CreateAsync();
        await Api.PostAsync(stack + "?action=upgrade", new { dockerCompose = Second });
        await Api.UntilAsync(stack, "upgraded");

        (await Api.PostAsync(stack + "?action=finishupgrade", new { })).Status.ShouldBe(202);

        await Api.UntilAsync(stack, "active");
        var web = await ServiceAsync("web");
        web.GetProperty("state").GetString().ShouldBe("active");
        web.GetProperty("launchConfig").GetProperty("environment").GetProperty("A").GetString().ShouldBe("yes");
    }

    [Fact]
    public async Task Files_with_a_mistake_change_nothing()
    {
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = First, environment = new Dictionary<string, string> { ["A"] = "yes" } }, "active")).GetProperty("links").GetProperty("self").GetString()!;

        (await Api.PostAsync(stack + "?action=upgrade", new { dockerCompose = "web:\n  image: [\n" })).Code.ShouldBe("InvalidFormat");
        (await Api.PostAsync(stack + "?action=upgrade", new { })).Code.ShouldBe("MissingRequired");

        (await Api.GetAsync(stack)).Json.GetProperty("state").GetString().ShouldBe("active");
    }

    [Theory]
    [InlineData("web")]
    [InlineData("fresh")]
    public async Task No_sidekick_takes_the_name_of_a_service_that_is_there(string primary)
    {
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = First }, "active")).GetProperty("links").GetProperty("self").GetString()!;
        var files = $"version: '2'\nservices:\n  {primary}:\n    image: web:2\n    labels: {{io.rancher.sidekicks: db}}\n  db:\n    image: db:2\n";

        var reply = await Api.PostAsync(stack + "?action=upgrade", new { dockerCompose = files });

        (reply.Status, reply.Code).ShouldBe((422, "InvalidFormat"), reply.Text);
        reply.Json.GetProperty("message").GetString()!.ShouldStartWith($"{primary}: ");
        (await StatesAsync()).ShouldBe([("db", "inactive", "docker:db:1"), ("web", "inactive", "docker:web:1")]);
    }

    private async Task<string> CreateAsync()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop", dockerCompose = First, environment = new Dictionary<string, string> { ["A"] = "yes" }, externalId = "catalog://x:1", startOnCreate = true }, "active");
        await Api.UntilAsync(Api.Project + "/services", s => s.GetProperty("data").EnumerateArray().All(x => x.GetProperty("state").GetString() == "active"));
        return stack.GetProperty("links").GetProperty("self").GetString()!;
    }

    private async Task<JsonElement> ServiceAsync(string name) => (await Api.GetAsync($"{Api.Project}/services?name={name}")).Data.Single();

    private async Task<List<(string, string, string)>> StatesAsync()
        => [.. (await Api.GetAsync(Api.Project + "/services")).Data.Select(s => (s.GetProperty("name").GetString()!, s.GetProperty("state").GetString()!, s.GetProperty("launchConfig").GetProperty("imageUuid").GetString()!)).Order()];
}
