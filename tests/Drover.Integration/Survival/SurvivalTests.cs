namespace Drover.Integration.Survival;

/// <summary>Server, agent, engine and machine are killed, one by one and together: what was healthy is not touched, the rest comes back.</summary>
public sealed class SurvivalTests(SurvivalPlatform platform) : IClassFixture<SurvivalPlatform>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Api Api => platform.Api;

    private AgentHost Host => platform.Host;

    [Fact]
    public async Task A_killed_server_takes_nothing_down_and_knows_everything_when_it_is_back()
    {
        await platform.AllIsWellAsync();
        var (before, shown) = (await platform.LivesAsync(), await ShownAsync());

        await platform.Server.KillAndStartAsync();

        await platform.AllIsWellAsync();
        (await platform.LivesAsync()).All.ShouldBe(before.All);
        (await ShownAsync()).ShouldBe(shown);
    }

    [Fact]
    public async Task A_killed_agent_takes_nothing_down_and_touches_nothing_when_it_is_back()
    {
        await platform.AllIsWellAsync();
        var before = await platform.LivesAsync();

        await Host.KillAsync();
        (await platform.LivesAsync()).All.ShouldBe(before.All);
        Host.Start();

        await HeardAgainAsync();
        await platform.AllIsWellAsync();
        (await platform.LivesAsync()).All.ShouldBe(before.All);
    }

    [Fact]
    public async Task What_was_asked_while_the_agent_was_down_is_done_when_it_is_back()
    {
        await platform.AllIsWellAsync();
        var before = await platform.LivesAsync();
        await Host.KillAsync();
        var web = await platform.Stack.ServiceAsync("web");
        await Api.UpdateAsync(web, new { scale = 3 });
        var extra = await Api.CreateAsync("containers", new { name = Workloads.Name("meanwhile"), imageUuid = Workloads.Busybox, command = Workloads.Idle });
        await Host.DockerAsync("kill", platform.Standalone.EngineId);

        Host.Start();

        await Api.InStateAsync(extra, "running");
        await Api.RemoveAsync(extra);
        await Api.InStateAsync(platform.Standalone, "running");
        await platform.Stack.AreActiveAsync();
        (await platform.Stack.ContainerAsync("web-3")).State.ShouldBe("running");
        await Api.UpdateAsync(web, new { scale = 2 });
        await Api.GoneAsync(extra);
        await platform.AllIsWellAsync();
        (await platform.LivesAsync()).NamesAndIds.ShouldBe(before.NamesAndIds);
    }

    [Fact]
    public async Task A_container_that_dies_while_the_server_is_down_is_started_again_by_its_host()
    {
        await platform.AllIsWellAsync();
        var db = await platform.Stack.ContainerAsync("db-1");
        await platform.Server.KillAsync();

        var started = await StartedAsync(db);
        await Host.DockerAsync("kill", db.EngineId);
        await Until.SeenAsync("the killed one runs again", () => StartedAsync(db), now => now != started && now.EndsWith("true", StringComparison.Ordinal));

        await platform.Server.StartAsync();
        await platform.AllIsWellAsync();
        await Until.SeenAsync("the server hears of it", () => platform.Stack.ContainerAsync("db-1"), now => now["startCount"] != db["startCount"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Containers_come_back_with_the_engine(bool killed)
    {
        await platform.AllIsWellAsync();
        var before = await platform.LivesAsync();
        var imported = Workloads.Name("byhand");
        await Host.DockerAsync(["run", "-d", "--name", imported, TestImages.Busybox, .. Workloads.Idle]);

        if (killed) await Host.Machine.KillEngineAsync(Cancellation);
        else await Host.Machine.StopEngineAsync(Cancellation);
        await Host.Machine.StartEngineAsync(Cancellation);

        await Until.SeenAsync("all have new lives", platform.LivesAsync, lives => lives is { Count: 5, AllRun: true } && !lives.All.Intersect(before.All).Any());
        await platform.AllIsWellAsync();
        (await platform.LivesAsync()).NamesAndIds.ShouldBe(before.NamesAndIds);
        (await Host.DockerAsync("inspect", "-f", "{{.State.Running}}", imported)).ShouldBe("false", "nobody asked for it");
        await Host.DockerAsync("rm", imported);
    }

    [Fact]
    public async Task Containers_come_back_after_a_power_failure_of_their_machine()
    {
        await platform.AllIsWellAsync();
        var before = await platform.LivesAsync();

        await Host.Machine.KillAsync(Cancellation);
        await Host.Machine.StartAsync(Cancellation);
        Host.Start();

        await Until.SeenAsync("all run on the engine", platform.LivesAsync, lives => lives is { Count: 5, AllRun: true });
        await platform.AllIsWellAsync();
        (await platform.LivesAsync()).NamesAndIds.ShouldBe(before.NamesAndIds);
    }

    [Fact]
    public async Task Everything_comes_back_when_server_and_machine_fail_together()
    {
        await platform.AllIsWellAsync();
        var before = await platform.LivesAsync();

        await platform.Server.KillAsync();
        await Host.Machine.KillAsync(Cancellation);
        await Host.Machine.StartAsync(Cancellation);
        Host.Start();
        await Until.SeenAsync("the host starts its containers without its server", platform.LivesAsync, lives => lives is { Count: 5, AllRun: true });
        await platform.Server.StartAsync();

        await platform.AllIsWellAsync();
        (await platform.LivesAsync()).NamesAndIds.ShouldBe(before.NamesAndIds);
    }

    [Theory]
    [InlineData("server")]
    [InlineData("agent")]
    [InlineData("engine")]
    public async Task A_stack_comes_up_although_a_part_is_killed_meanwhile(string part)
    {
        await platform.AllIsWellAsync();
        var body = new
        {
            name = Workloads.Name("rough"),
            startOnCreate = true,
            dockerCompose = $"version: '2'\nservices:\n  one:\n    image: {TestImages.Busybox}\n    command: {Workloads.IdleCommand}\n",
            rancherCompose = "version: '2'\nservices: { one: { scale: 4 } }",
        };
        var rough = new TestStack(Api, Host, await Api.CreateAsync("stacks", body));
        await Until.SoAsync("the first of its containers is there", async () => (await rough.OnEngineAsync()).Length > 0);

        await (part switch
        {
            "server" => platform.Server.KillAndStartAsync(),
            "agent" => RestartAgentAsync(),
            _ => RestartEngineAsync(),
        });

        await rough.AreActiveAsync();
        await Until.SeenAsync("each of its containers is there once", rough.OnEngineAsync, there => there.Order().SequenceEqual(["one-1", "one-2", "one-3", "one-4"]));
        await platform.AllIsWellAsync();
        await rough.RemoveAsync();
        (await rough.OnEngineAsync()).ShouldBeEmpty();
    }

    private async Task RestartAgentAsync()
    {
        await Host.KillAsync();
        Host.Start();
    }

    private async Task RestartEngineAsync()
    {
        await Host.Machine.KillEngineAsync(Cancellation);
        await Host.Machine.StartEngineAsync(Cancellation);
    }

    /// <summary>The host's new agent has reported: something that it alone can do was done.</summary>
    private async Task HeardAgainAsync()
    {
        var sign = await Api.CreateAsync("containers", new { name = Workloads.Name("sign"), imageUuid = Workloads.Busybox, command = Workloads.Idle });
        await Api.InStateAsync(sign, "running");
        await Api.RemoveAsync(sign);
        await Api.GoneAsync(sign);
    }

    private Task<string> StartedAsync(Resource container) => Host.DockerAsync("inspect", "-f", "{{.State.StartedAt}} {{.State.Running}}", container.EngineId);

    /// <summary>What the API shows of everything that was made.</summary>
    private async Task<string> ShownAsync()
    {
        var all = new List<string>();
        foreach (var collection in (string[])["hosts", "stacks", "services", "containers", "volumes"])
            all.AddRange((await Api.ListAsync(collection)).Select(one => $"{one["type"]} {one.Id} {one["name"]} {one["uuid"]} {one.State} {one["externalId"]} {one["startCount"]} {one["created"]}"));
        return string.Join('\n', all);
    }
}
