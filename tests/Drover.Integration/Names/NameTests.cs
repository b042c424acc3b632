namespace Drover.Integration.Names;

/// <summary>What containers learn by name and from the metadata service on a real host, from their first process on.</summary>
public sealed class NameTests(SharedPlatform platform)
{
    private const string Idle = Workloads.IdleCommand;
    private const string Wget = "wget -qO-";

    [Fact]
    public async Task Both_questions_of_the_report_are_answered_to_the_first_process_of_a_container()
    {
        var name = Workloads.Name("report");
        var stack = await UpAsync(name, $"""
            ask:
              image: {TestImages.Busybox}
              labels: [io.rancher.container.start_once=true]
              command: ["sh", "-c", "{Wget} --header 'Accept: application/json' http://rancher-metadata/2015-12-19/self/container/create_index && echo && {Wget} http://rancher-metadata/latest/self/container/primary_ip"]
            """);
        var container = await Until.SeenAsync(
            "the container has ended", () => platform.Api.FindAsync("containers", ("name", $"{name}-ask-1")), seen => seen?.State is "stopped" or "started-once");

        (await platform.Host.DockerAsync("logs", container!.EngineId)).ShouldBe($"1\n{container["primaryIpAddress"]}");
        await platform.Api.RemoveAsync(stack);
    }

    [Fact]
    public async Task Services_containers_sidekicks_and_aliases_answer_by_name()
    {
        var name = Workloads.Name("names");
        var other = Workloads.Name("other");
        var far = await UpAsync(other, $"""
            web:
              image: {TestImages.Busybox}
              command: {Idle}
            """);
        var stack = await UpAsync(name, $"""
            web:
              image: {TestImages.Busybox}
              command: {Idle}
              labels:
                io.rancher.sidekicks: cache
              links: ["db:database"]
              external_links: ["{other}/web:toolbox"]
            cache:
              image: {TestImages.Busybox}
              command: {Idle}
            db:
              image: {TestImages.Busybox}
              command: {Idle}
            """);
        var (web, cache, db) = (await RunningAsync($"{name}-web-1"), await RunningAsync($"{name}-web-cache-1"), await RunningAsync($"{name}-db-1"));
        var farWeb = await RunningAsync($"{other}-web-1");

        var asked = new (Resource Asker, string Name, Resource Expected)[]
        {
            (web, "db", db), (web, $"db.{name}", db), (web, $"db.{name}.rancher.internal", db), (web, $"{name}-db-1", db),
            (web, "database", db), (web, "cache", cache), (cache, "web", web), (web, "toolbox", farWeb), (web, $"web.{other}", farWeb),
            (farWeb, $"web.{name}", web), (farWeb, $"cache.web.{name}", cache), (farWeb, $"{name}-web-1", web), (farWeb, "web", farWeb),
        };
        foreach (var (asker, question, expected) in asked)
            (await AddressesAsync(asker, question)).ShouldBe([expected["primaryIpAddress"]!], $"{question} asked by {asker["name"]}");
        (await AddressesAsync(farWeb, "database")).ShouldBeEmpty();
        (await AddressesAsync(web, "rancher-metadata")).ShouldBe(["169.254.169.250"]);
        await platform.Api.RemoveAsync(stack);
        await platform.Api.RemoveAsync(far);
    }

    [Fact]
    public async Task A_scaled_service_answers_with_all_of_its_containers_and_metadata_tells_of_them()
    {
        var name = Workloads.Name("scale");
        var stack = await UpAsync(name, $"""
            web:
              image: {TestImages.Busybox}
              command: {Idle}
            """);
        var first = await RunningAsync($"{name}-web-1");
        var service = (await platform.Api.FindAsync("services", ("name", "web"), ("stackId", stack.Id)))!;

        await platform.Api.UpdateAsync(service, new { scale = 3 });
        var addresses = new List<string>();
        foreach (var number in Enumerable.Range(1, 3)) addresses.Add((await RunningAsync($"{name}-web-{number}"))["primaryIpAddress"]!);

        await Until.SeenAsync("all three have the name", () => AddressesAsync(first, "web"), seen => seen.Order(StringComparer.Ordinal).SequenceEqual(addresses.Order(StringComparer.Ordinal)));
        (await AskAsync(first, "latest/self/service/scale")).ShouldBe("3");
        (await AskAsync(first, "latest/self/service/containers")).ShouldBe($"0={name}-web-1\n1={name}-web-2\n2={name}-web-3");
        (await AskAsync(first, $"latest/containers/{name}-web-3/primary_ip")).ShouldBe(addresses[2]);
        (await AskAsync(first, "latest/self/stack/name")).ShouldBe(name);
        (await AskAsync(first, "latest/self/host/agent_ip")).ShouldBe(platform.Host.Machine.Address);
        await platform.Api.RemoveAsync(stack);
    }

    [Fact]
    public async Task Metadata_of_a_service_changes_under_a_running_container()
    {
        var name = Workloads.Name("meta");
        var stack = await UpAsync(name, $"""
            web:
              image: {TestImages.Busybox}
              command: {Idle}
            """, """
            web:
              metadata: {colour: blue}
            """);
        var container = await RunningAsync($"{name}-web-1");
        (await AskAsync(container, "latest/self/service/metadata/colour")).ShouldBe("blue");
        var service = (await platform.Api.FindAsync("services", ("name", "web"), ("stackId", stack.Id)))!;
        var waiting = AskAsync(container, "latest/self/service/metadata/colour?wait=true&value=blue&maxWait=30");

        await platform.Api.UpdateAsync(service, new { metadata = new { colour = "red" } });

        (await waiting).ShouldBe("red");
        (await RunningAsync($"{name}-web-1")).EngineId.ShouldBe(container.EngineId);
        await platform.Api.RemoveAsync(stack);
    }

    [Fact]
    public async Task An_address_is_kept_over_a_stop_and_a_start()
    {
        var name = Workloads.Name("stay");
        var made = await platform.Api.CreateAsync("containers", new { name, imageUuid = Workloads.Busybox, command = Workloads.Idle });
        var before = await RunningAsync(name);

        await platform.Api.InStateAsync(await platform.Api.ActAsync(made, "stop"), "stopped");
        await platform.Api.ActAsync(made, "start");
        var after = await RunningAsync(name);

        after["primaryIpAddress"].ShouldBe(before["primaryIpAddress"]);
        (await AskAsync(after, "latest/self/container/primary_ip")).ShouldBe(before["primaryIpAddress"]);
        await platform.Api.RemoveAsync(made);
    }

    [Fact]
    public async Task A_container_on_its_hosts_network_asks_us_where_a_label_says_so()
    {
        var name = Workloads.Name("onhost");
        var made = await platform.Api.CreateAsync("containers", new
        {
            name,
            imageUuid = Workloads.Busybox,
            networkMode = "host",
            labels = new Dictionary<string, string> { ["io.rancher.container.dns"] = "true" },
            command = Workloads.Idle,
        });
        var target = await platform.Api.CreateAsync("containers", new { name = $"{name}-target", imageUuid = Workloads.Busybox, command = Workloads.Idle });
        var (asker, asked) = (await RunningAsync(name), await RunningAsync($"{name}-target"));

        asker["primaryIpAddress"].ShouldBeNullOrEmpty();
        (await AddressesAsync(asker, $"{name}-target.rancher.internal")).ShouldBe([asked["primaryIpAddress"]!]);
        await platform.Api.RemoveAsync(made);
        await platform.Api.RemoveAsync(target);
    }

    private async Task<Resource> UpAsync(string name, string dockerCompose, string rancherCompose = "")
        => await platform.Api.CreateAsync("stacks", new { name, dockerCompose, rancherCompose, startOnCreate = true });

    private async Task<Resource> RunningAsync(string name)
        => (await Until.SeenAsync($"{name} runs", () => platform.Api.FindAsync("containers", ("name", name)), seen => seen?.State == "running"))!;

    private async Task<string> AskAsync(Resource container, string path)
        => (await platform.Host.TryInContainerAsync(container.EngineId, "wget", "-qO-", $"http://rancher-metadata/{path}")).ShouldNotBeNull(path).TrimEnd('\n');

    /// <summary>The IPv4 addresses of a name in the order given, as the container's own resolver finds them; none where it has none.</summary>
    private async Task<string[]> AddressesAsync(Resource container, string name)
    {
        // It fails where any of the search domains has no such name.
        var answer = await platform.Host.TryInContainerAsync(container.EngineId, "sh", "-c", "nslookup -type=a \"$0\" 2>&1 || true", name);
        var lines = answer.ShouldNotBeNull().Split('\n').SkipWhile(line => !line.StartsWith("Name:", StringComparison.Ordinal));
        return [.. lines.Where(line => line.StartsWith("Address", StringComparison.Ordinal)).Select(line => line.Split(':', 2)[1].Trim()).Distinct()];
    }
}
