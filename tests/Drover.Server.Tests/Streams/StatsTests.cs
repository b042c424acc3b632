using System.Net.WebSockets;
using System.Text.Json;

namespace Drover.Server.Tests.Streams;

public sealed class StatsTests : StreamTest
{
    [Fact]
    public async Task A_containers_figures_come_once_a_second_as_an_array_of_one_in_the_contracts_words()
    {
        var access = await FollowAsync(Container, "containerStats");
        access.GetProperty("type").GetString().ShouldBe("statsAccess");
        var engineId = (await Api.GetAsync(Container)).Json.GetProperty("externalId").GetString();
        access.GetProperty("url").GetString().ShouldBe($"ws://127.0.0.1:{Api.Server.Url.Port}/v1/containerstats/{engineId}");

        var socket = await OpenAsync(AddressOf(access) + "&sockId=3");
        var (first, second) = (await FrameAsync(socket), await FrameAsync(socket));

        var one = first.EnumerateArray().ShouldHaveSingleItem();
        (one.GetProperty("id").GetString(), one.GetProperty("resourceType").GetString()).ShouldBe(("1i1", "container"));
        one.GetProperty("memLimit").GetInt64().ShouldBe(256L << 20);
        one.GetProperty("memory").GetProperty("limit").GetInt64().ShouldBe(256L << 20);
        one.GetProperty("memory").GetProperty("usage").GetInt64().ShouldBe(64L << 20);
        one.GetProperty("network").GetProperty("interfaces")[0].GetProperty("rx_bytes").GetInt64().ShouldBeGreaterThan(0);
        one.GetProperty("diskio").GetProperty("io_service_bytes")[0].GetProperty("stats").GetProperty("Write").GetInt64().ShouldBeGreaterThan(0);
        one.GetProperty("timestamp").GetDateTimeOffset().ShouldBeLessThan(second[0].GetProperty("timestamp").GetDateTimeOffset());
        var (before, after) = (one.GetProperty("cpu").GetProperty("usage"), second[0].GetProperty("cpu").GetProperty("usage"));
        after.GetProperty("total").GetInt64().ShouldBeGreaterThan(before.GetProperty("total").GetInt64());
        before.GetProperty("user").GetInt64().ShouldNotBe(before.GetProperty("system").GetInt64());
        before.GetProperty("per_cpu_usage").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task However_many_watch_the_host_samples_once_and_nothing_when_nobody_does()
    {
        var engineId = (await Api.GetAsync(Container)).Json.GetProperty("externalId").GetString()!;
        var sockets = new List<ClientWebSocket>();
        for (var watcher = 0; watcher < 10; watcher++) sockets.Add(await OpenAsync(AddressOf(await FollowAsync(Container, "containerStats"))));
        foreach (var socket in sockets) await FrameAsync(socket);
        var before = Host.Streams.Sampled[engineId];
        for (var second = 0; second < 3; second++)
            foreach (var socket in sockets)
                await FrameAsync(socket);

        (Host.Streams.Sampled[engineId] - before).ShouldBeInRange(2, 5, "ten watchers, three seconds");

        foreach (var socket in sockets) await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        var last = await Api.GetAsync(Container);
        last.Status.ShouldBe(200);
        await UntilAsync(() =>
        {
            var now = Host.Streams.Sampled[engineId];
            return Task.Delay(1500, Cancel).ContinueWith(_ => Host.Streams.Sampled[engineId] == now, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        });
    }

    [Fact]
    public async Task A_host_tells_of_itself_and_of_its_containers()
    {
        var host = Api.Project + "/hosts/1h1";
        var own = await FrameAsync(await OpenAsync(AddressOf(await FollowAsync(host, "hostStats"))));
        var containers = await FrameAsync(await OpenAsync(AddressOf(await FollowAsync(host, "containerStats"))));
        var old = await FrameAsync(await OpenAsync(AddressOf(await FollowAsync(host, "stats"))));

        own.EnumerateArray().Single().GetProperty("id").GetString().ShouldBe("1h1");
        own[0].GetProperty("resourceType").GetString().ShouldBe("host");
        containers.EnumerateArray().Select(one => one.GetProperty("id").GetString()).ShouldBe(["1i1"]);
        old[0].GetProperty("id").GetString().ShouldBe("1h1");
    }

    [Fact]
    public async Task An_environment_tells_of_all_its_hosts_on_one_socket_also_of_those_that_come_later()
    {
        var links = (await Api.GetAsync("/projects/1a5")).Json.GetProperty("links");
        links.GetProperty("hostStats").GetString().ShouldBe($"{Api.Root}/projects/1a5/projects/1a5/hoststats");
        (await Api.GetAsync(Api.Project + "/projects/1a5")).Json.GetProperty("links").GetProperty("hostStats").GetString().ShouldBe(links.GetProperty("hostStats").GetString());
        var access = (await Api.GetAsync(links.GetProperty("hostStats").GetString()!)).Json;
        access.GetProperty("url").GetString().ShouldEndWith("/v1/hoststats/project/");
        var socket = await OpenAsync(AddressOf(access));
        await FrameAsync(socket);

        await Hosts.JoinAsync("two");

        await UntilAsync(async () => (await FrameAsync(socket)).EnumerateArray().Any(one => one.GetProperty("id").GetString() == "1h2"));
    }

    [Fact]
    public async Task A_service_tells_of_its_containers_as_they_come_and_a_stack_only_to_who_asks_for_what_is_ours()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");
        var service = await Api.CreateAsync(Api.Project + "/services", new { name = "web", stackId = stack.GetProperty("id").GetString(), scale = 2, launchConfig = new { imageUuid = "docker:busybox" }, startOnCreate = true });
        var self = service.GetProperty("links").GetProperty("self").GetString()!;
        var socket = await OpenAsync(AddressOf(await FollowAsync(self, "containerStats")));

        await UntilAsync(async () => (await FrameAsync(socket)).GetArrayLength() == 2);

        var stackSelf = stack.GetProperty("links").GetProperty("self").GetString()!;
        (await Api.GetAsync(stackSelf)).Json.GetProperty("links").TryGetProperty("containerStats", out _).ShouldBeFalse();
        (await Api.GetAsync(stackSelf + "/containerstats")).Status.ShouldBe(404);
        var own = (await Api.GetAsync(stackSelf + "/containerstats?_drover=1")).Json;
        (await FrameAsync(await OpenAsync(AddressOf(own)))).GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Figures_of_hosts_that_are_away_are_refused_or_empty_as_the_contract_has_it()
    {
        await LoseHostAsync();
        await Api.UntilAsync("/hosts/1h1", host => host.GetProperty("agentState").GetString() != "active");

        (await Api.GetAsync(Container + "/containerstats")).Status.ShouldBe(503);
        (await Api.GetAsync(Api.Project + "/hosts/1h1/containerstats")).Status.ShouldBe(503);
        var host = (await Api.GetAsync(Api.Project + "/hosts/1h1/hoststats")).Json;
        (host.TryGetProperty("url", out var url) && url.ValueKind != JsonValueKind.Null).ShouldBeFalse();
        host.GetProperty("token").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_token_for_a_hosts_figures_opens_no_containers()
    {
        var address = AddressOf(await FollowAsync(Api.Project + "/hosts/1h1", "hostStats"));

        (await RefusedAsync(address.Replace("hoststats", "containerstats", StringComparison.Ordinal))).ShouldBe(401);
    }

    private async Task<JsonElement> FollowAsync(string self, string link)
    {
        var links = (await Api.GetAsync(self)).Json.GetProperty("links");
        var reply = await Api.GetAsync(links.GetProperty(link).GetString()!);
        reply.Status.ShouldBe(200, reply.Text);
        return reply.Json;
    }

    private static async Task<JsonElement> FrameAsync(WebSocket socket)
        => JsonDocument.Parse((await ReadAsync(socket)).ShouldNotBeNull("the stream was closed")).RootElement;

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = Deadline();
        while (!await holds()) deadline.Token.ThrowIfCancellationRequested();
    }
}
