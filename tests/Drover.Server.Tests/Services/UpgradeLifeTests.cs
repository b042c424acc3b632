using System.Text.Json;
using Drover.Server.Tests.Api;
using Drover.Simulator.Hosts;

namespace Drover.Server.Tests.Services;

/// <summary>Upgrades on the real server with real agents; only their engines are fakes.</summary>
public sealed class UpgradeLifeTests : ApiTest
{
    private const string Old = "docker:web:1", New = "docker:web:2", Missing = "docker:web:none";

    [Fact]
    public async Task An_upgrade_keeps_the_old_containers_until_it_is_rolled_back_or_finished()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var service = await CreateAsync("web", scale: 3);
        var before = await IdsAsync(service, Old);

        await UpgradeAsync(service, New, batchSize: 2);
        await Api.UntilAsync(service, "upgraded");
        (await StatesAsync(service)).ShouldBe([(Old, "stopped"), (Old, "stopped"), (Old, "stopped"), (New, "running"), (New, "running"), (New, "running")]);
        (await AskAsync(service, "rollback")).GetProperty("state").GetString().ShouldBe("rolling-back");
        await Api.UntilAsync(service, "active");
        (await StatesAsync(service)).ShouldBe([(Old, "running"), (Old, "running"), (Old, "running")]);
        (await IdsAsync(service, Old)).ShouldBe(before, "the same containers run again");

        await UpgradeAsync(service, New, batchSize: 3);
        await Api.UntilAsync(service, "upgraded");
        await AskAsync(service, "finishupgrade");
        var finished = await Api.UntilAsync(service, "active");
        (await StatesAsync(service)).ShouldBe([(New, "running"), (New, "running"), (New, "running")]);
        finished.GetProperty("launchConfig").GetProperty("imageUuid").GetString().ShouldBe(New);
    }

    [Fact]
    public async Task An_image_that_is_nowhere_stops_the_upgrade_at_its_first_batch_which_says_why_and_is_rolled_back()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one", SimulatedHosts.Quick.With("web:none", new ImageBehaviour { Missing = true }));
        var service = await CreateAsync("web", scale: 3);

        await UpgradeAsync(service, Missing);
        await Api.UntilAsync(service, s => s.GetProperty("transitioningMessage").GetString()?.StartsWith("shop-web-1: ", StringComparison.Ordinal) == true);
        (await StatesAsync(service)).Count(c => c == (Old, "running")).ShouldBe(2, "the batch in hand is down, no other");
        await AskAsync(service, "cancelupgrade");
        await Api.UntilAsync(service, "canceled-upgrade");
        await AskAsync(service, "continueupgrade");
        await Api.UntilAsync(service, "upgrading");
        await AskAsync(service, "rollback");

        await Api.UntilAsync(service, "active");
        (await StatesAsync(service)).ShouldBe([(Old, "running"), (Old, "running"), (Old, "running")]);
    }

    [Fact]
    public async Task With_start_first_a_published_port_needs_a_second_host_and_gets_it()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        await hosts.JoinAsync("two");
        var service = await CreateAsync("web", scale: 1, port: "8080:80");

        await UpgradeAsync(service, New, startFirst: true, port: "8080:80");

        await Api.UntilAsync(service, "upgraded");
        (await StatesAsync(service)).ShouldBe([(Old, "stopped"), (New, "running")]);
        (await ContainersAsync(service)).Select(c => c.GetProperty("hostId").GetString()).ShouldBeUnique();
    }

    [Fact]
    public async Task A_move_to_another_service_takes_the_scale_and_the_links_with_it_and_brings_them_back()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var (web, next, user) = (await CreateAsync("web", scale: 3), await CreateAsync("web2", scale: 0), await CreateAsync("user", scale: 1));
        var (webId, nextId) = (Id(web), Id(next));
        await Api.PostAsync(user + "?action=setservicelinks", new { serviceLinks = new[] { new { name = "backend", serviceId = webId } } });

        (await Api.PostAsync(web + "?action=upgrade", new { toServiceStrategy = new { toServiceId = nextId, batchSize = 2, finalScale = 2, intervalMillis = 100, updateLinks = true } })).Status.ShouldBe(202);

        await Api.UntilAsync(web, s => s.GetProperty("state").GetString() == "upgraded" && s.GetProperty("scale").GetInt64() == 0);
        await Api.UntilAsync(next, s => s.GetProperty("currentScale").GetInt64() == 2);
        await Api.UntilAsync(user, s => s.GetProperty("linkedServices").GetProperty("backend").GetString() == nextId);
        await AskAsync(web, "rollback");
        await Api.UntilAsync(web, s => s.GetProperty("state").GetString() == "active" && s.GetProperty("currentScale").GetInt64() == 3);
        await Api.UntilAsync(next, s => s.GetProperty("scale").GetInt64() == 0);
        await Api.UntilAsync(user, s => s.GetProperty("linkedServices").GetProperty("backend").GetString() == webId);
    }

    [Fact]
    public async Task A_service_can_be_removed_in_the_middle_and_leaves_nothing()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var service = await CreateAsync("web", scale: 2);
        await UpgradeAsync(service, New, interval: 600_000);
        await Api.UntilAsync(Api.Project + "/containers", c => c.GetProperty("data").EnumerateArray().Any(x => Image(x) == New && x.GetProperty("state").GetString() == "running"));

        (await Api.DeleteAsync(service)).Status.ShouldBe(200);

        await Api.UntilAsync(service, "removed");
        (await Api.GetAsync(Api.Project + "/containers")).Data.ShouldBeEmpty();
    }

    private static string Id(string self) => self[(self.LastIndexOf('/') + 1)..];

    private static string? Image(JsonElement container) => container.GetProperty("imageUuid").GetString();

    private async Task<string> CreateAsync(string name, int scale, string? port = null)
    {
        if ((await Api.GetAsync(Api.Project + "/stacks?name=shop")).Data is not [var stack]) stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" }, "active");
        var service = await Api.CreateAsync(Api.Project + "/services", new { name, scale, stackId = stack.GetProperty("id").GetString(), startOnCreate = true, launchConfig = Config(Old, port) }, "active");
        return service.GetProperty("links").GetProperty("self").GetString()!;
    }

    private static object Config(string image, string? port) => new { imageUuid = image, ports = port is null ? [] : new[] { port } };

    private async Task UpgradeAsync(string service, string image, int batchSize = 1, bool startFirst = false, string? port = null, int interval = 100)
    {
        var reply = await Api.PostAsync(service + "?action=upgrade", new { inServiceStrategy = new { batchSize, startFirst, intervalMillis = interval, launchConfig = Config(image, port) } });
        (reply.Status, reply.Json.GetProperty("state").GetString(), reply.Json.GetProperty("transitioning").GetString()).ShouldBe((202, "upgrading", "yes"), reply.Text);
    }

    private async Task<JsonElement> AskAsync(string service, string action)
    {
        var reply = await Api.PostAsync($"{service}?action={action}", new { });
        reply.Status.ShouldBe(202, reply.Text);
        return reply.Json;
    }

    private async Task<List<JsonElement>> ContainersAsync(string service) => [.. (await Api.GetAsync(service + "/instances")).Data];

    private async Task<List<(string, string)>> StatesAsync(string service)
        => [.. (await ContainersAsync(service)).Select(c => (Image(c)!, c.GetProperty("state").GetString()!)).Order()];

    private async Task<List<string>> IdsAsync(string service, string image)
        => [.. (await ContainersAsync(service)).Where(c => Image(c) == image).Select(c => c.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
}
