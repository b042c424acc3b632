using System.Text.Json.Nodes;

namespace Drover.Integration.Stacks;

/// <summary>Stacks from compose files on a real engine.</summary>
public sealed class StackTests(SharedPlatform platform)
{
    private const string DockerCompose = $"""
        version: '2'
        services:
          web:
            image: {TestImages.Busybox}
            command: {Workloads.IdleCommand}
            labels:
              io.rancher.sidekicks: data, seed
            volumes_from: [data, seed]
            links: ['db:database']
          data:
            image: {TestImages.Busybox}
            command: {Workloads.IdleCommand}
            volumes: [/shared]
          seed:
            image: {TestImages.Busybox}
            command: sh -c 'echo seeded >/seed/word'
            volumes: [/seed]
            labels:
              io.rancher.container.start_once: 'true'
          db:
            image: {TestImages.Busybox}
            command: {Workloads.IdleCommand}
            environment:
              PASSWORD: "${"{WORD}"}"
        """;

    private const string RancherCompose = """
        version: '2'
        services:
          web:
            scale: 3
          db:
            scale: 1
            metadata: { colour: blue }
        """;

    private Api Api => platform.Api;

    private AgentHost Host => platform.Host;

    [Fact]
    public async Task Services_with_sidekicks_links_and_answers_come_up_as_named_and_leave_nothing_behind()
    {
        var stack = await UpAsync();

        (await stack.OnEngineAsync()).ShouldBe(
            ["db-1", "web-1", "web-2", "web-3", "web-data-1", "web-data-2", "web-data-3", "web-seed-1", "web-seed-2", "web-seed-3"], ignoreOrder: true);
        var web = await stack.ContainerAsync("web-2");
        var data = await stack.ContainerAsync("web-data-2");
        var seed = await stack.ContainerAsync("web-seed-2");
        (web.State, data.State, seed.State).ShouldBe(("running", "running", "stopped"));
        web["deploymentUnitUuid"].ShouldNotBeNull();
        data["deploymentUnitUuid"].ShouldBe(web["deploymentUnitUuid"]);
        (await Host.TryInContainerAsync(web.EngineId, "cat", "/seed/word")).ShouldBe("seeded");
        (await Host.TryInContainerAsync(web.EngineId, "sh", "-c", "echo from-web >/shared/f")).ShouldNotBeNull();
        (await Host.TryInContainerAsync(data.EngineId, "cat", "/shared/f")).ShouldBe("from-web");
        (await Host.TryInContainerAsync((await stack.ContainerAsync("db-1")).EngineId, "sh", "-c", "echo $PASSWORD")).ShouldBe("open sesame");
        var service = await stack.ServiceAsync("web");
        service["currentScale"].ShouldBe("3");
        service["healthState"].ShouldBe("healthy");
        (await Api.GetAsync(stack.Stack.Link("self")))["healthState"].ShouldBe("healthy");

        await stack.RemoveAsync();

        (await stack.OnEngineAsync()).ShouldBeEmpty();
        (await Api.ListAsync($"containers?name_prefix={stack.Name}-")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_is_scaled_up_and_down_and_the_highest_go_first()
    {
        var stack = await UpAsync(scaledTo: 1);
        var first = await stack.ContainerAsync("web-1");

        await Api.UpdateAsync(await stack.ServiceAsync("web"), new { scale = 3 });
        await stack.AreActiveAsync();
        (await stack.OnEngineAsync()).Count(name => name.StartsWith("web-", StringComparison.Ordinal)).ShouldBe(9);
        await Api.UpdateAsync(await stack.ServiceAsync("web"), new { scale = 2 });
        await stack.AreActiveAsync();

        (await stack.OnEngineAsync()).ShouldBe(["db-1", "web-1", "web-2", "web-data-1", "web-data-2", "web-seed-1", "web-seed-2"], ignoreOrder: true);
        var still = await stack.ContainerAsync("web-1");
        (still.Id, still.EngineId).ShouldBe((first.Id, first.EngineId));
        await stack.RemoveAsync();
    }

    [Fact]
    public async Task A_killed_container_is_started_again_and_a_removed_one_is_made_anew()
    {
        var stack = await UpAsync(scaledTo: 1);
        var db = await stack.ContainerAsync("db-1");

        var started = await StartedAsync(db.EngineId);
        await Host.DockerAsync("kill", db.EngineId);
        await Until.SoAsync("the killed one runs again", async () => await StartedAsync(db.EngineId) is var now && now != started && !now.EndsWith("false", StringComparison.Ordinal));
        await stack.AreActiveAsync();
        (await stack.ContainerAsync("db-1")).Id.ShouldBe(db.Id);

        await Host.DockerAsync("rm", "-f", db.EngineId);
        var anew = await Until.SeenAsync("a new one runs", () => stack.FindAsync("db-1"), seen => seen?.State == "running" && seen.Id != db.Id);
        await stack.AreActiveAsync();
        anew!.EngineId.ShouldNotBe(db.EngineId);
        (await stack.OnEngineAsync()).Count(name => name == "db-1").ShouldBe(1);
        await stack.RemoveAsync();
    }

    [Fact]
    public async Task Deactivated_services_keep_their_containers_and_start_the_same_ones_again()
    {
        var stack = await UpAsync(scaledTo: 1);
        var before = await stack.ContainerAsync("web-1");

        await Api.ActAsync(stack.Stack, "deactivateservices");
        await stack.AreAsync("inactive");
        (await Host.DockerAsync("ps", "--format", "{{.Names}}")).ShouldNotContain(stack.Name);
        (await stack.OnEngineAsync()).Length.ShouldBe(4);
        await Api.ActAsync(stack.Stack, "activateservices");
        await stack.AreActiveAsync();

        var after = await stack.ContainerAsync("web-1");
        (after.Id, after.EngineId, after.State).ShouldBe((before.Id, before.EngineId, "running"));
        await stack.RemoveAsync();
    }

    [Fact]
    public async Task An_exported_stack_can_be_made_again_from_its_files()
    {
        var stack = await UpAsync();
        var config = await Api.ActAsync(stack.Stack, "exportconfig", new { serviceIds = Array.Empty<string>() });
        var (docker, rancher) = (config["dockerComposeConfig"]!, config["rancherComposeConfig"]!);
        docker.ShouldContain("open sesame");
        rancher.ShouldContain("scale: 3");

        var again = await TestStack.UpAsync(Api, Host, docker, rancher);

        (await again.OnEngineAsync()).ShouldBe(await stack.OnEngineAsync(), ignoreOrder: true);
        ((JsonObject)(await again.ServiceAsync("db")).Json["metadata"]!)["colour"]!.ToString().ShouldBe("blue");
        var second = await Api.ActAsync(again.Stack, "exportconfig", new { serviceIds = Array.Empty<string>() });
        second["dockerComposeConfig"].ShouldBe(docker);
        second["rancherComposeConfig"].ShouldBe(rancher);
        await stack.RemoveAsync();
        await again.RemoveAsync();
    }

    private Task<TestStack> UpAsync(int scaledTo = 3) =>
        TestStack.UpAsync(Api, Host, DockerCompose, RancherCompose.Replace("scale: 3", $"scale: {scaledTo}", StringComparison.Ordinal), new { WORD = "open sesame" });

    private Task<string> StartedAsync(string engineId) => Host.DockerAsync("inspect", "-f", "{{.State.StartedAt}} {{.State.Running}}", engineId);
}
