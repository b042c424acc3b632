using System.Net;

namespace Drover.Integration.Containers;

/// <summary>Standalone containers on a real engine, from the wish over HTTP to the process and back.</summary>
public sealed class ContainerTests(SharedPlatform platform)
{
    private Api Api => platform.Api;

    private AgentHost Host => platform.Host;

    [Fact]
    public async Task A_container_runs_with_its_environment_published_port_and_named_volume()
    {
        var (name, volume) = (Workloads.Name("web"), Workloads.Name("data"));
        var container = await Api.CreateAsync("containers", new
        {
            name,
            imageUuid = Workloads.Busybox,
            command = Workloads.Page("echo $GREETING; hostname >/data/host"),
            environment = new { GREETING = "good morning" },
            ports = new[] { "8081:80/tcp" },
            dataVolumes = new[] { $"{volume}:/data" },
        });
        new[] { "requested", "creating" }.ShouldContain(container.State);
        container["transitioning"].ShouldBe("yes");

        var running = await Api.InStateAsync(container, "running");

        (await PageAsync(8081)).ShouldBe("good morning\n");
        (await InspectAsync(running, "{{.Name}}")).ShouldBe($"/r-{name}-{running["uuid"]![..8]}");
        (await Host.DockerAsync("volume", "ls", "--format", "{{.Driver}} {{.Name}}")).Split('\n').ShouldContain($"local {volume}");
        (await Host.TryInContainerAsync(running.EngineId, "cat", "/data/host")).ShouldNotBeNullOrEmpty();
        running["hostId"].ShouldBe(Host.Id);
        var shown = await Until.SeenAsync("the volume is shown", () => Api.FindAsync("volumes", ("name", volume)), seen => seen?.State == "active");
        shown!["driver"].ShouldBe("local");

        await Api.RemoveAsync(running);
        await Api.GoneAsync(running);
        (await Host.DockerAsync("volume", "ls", "-q")).Split('\n').ShouldContain(volume, "a named volume outlives its container");
    }

    [Fact]
    public async Task A_container_is_stopped_started_and_restarted_as_the_same_one_and_removed()
    {
        var container = await CreateIdleAsync("moved");
        var running = await Api.InStateAsync(container, "running");
        var started = await InspectAsync(running, "{{.State.StartedAt}}");

        (await Api.ActAsync(container, "stop", new { timeout = 5 })).State.ShouldBe("stopping");
        await Api.InStateAsync(container, "stopped");
        (await InspectAsync(running, "{{.State.Running}}")).ShouldBe("false");
        (await Api.ActAsync(container, "start")).State.ShouldBe("starting");
        await Api.InStateAsync(container, "running");
        var startedAgain = await InspectAsync(running, "{{.State.StartedAt}}");
        startedAgain.ShouldNotBe(started);
        (await Api.ActAsync(container, "restart")).State.ShouldBe("restarting");
        var restarted = await Api.InStateAsync(container, "running");

        (await InspectAsync(restarted, "{{.State.StartedAt}}")).ShouldNotBe(startedAgain);
        restarted.EngineId.ShouldBe(running.EngineId);
        restarted["startCount"].ShouldBe("3");
        await Api.RemoveAsync(container);
        await Api.GoneAsync(container);
        (await Host.ContainerNamesAsync()).ShouldNotContain(name => name.Contains(container["name"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_container_that_fails_is_started_again_as_often_as_its_restart_policy_says()
    {
        var container = await Api.CreateAsync("containers", new
        {
            name = Workloads.Name("failing"),
            imageUuid = Workloads.Busybox,
            command = new[] { "sh", "-c", "exit 7" },
            restartPolicy = new { name = "on-failure", maximumRetryCount = 2 },
        });

        var ended = await Api.SeenAsync(container, "has run three times and rests", seen => seen["startCount"] == "3" && seen is { State: "stopped", Why: null });

        (await InspectAsync(ended, "{{.State.ExitCode}}")).ShouldBe("7");
        await Api.RemoveAsync(ended);
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_leaves_an_error_with_the_engines_words_and_nothing_on_the_host()
    {
        var image = $"docker:{DockerLab.Address}:5999/no-such-image:1";
        var container = await Api.CreateAsync("containers", new { name = Workloads.Name("nowhere"), imageUuid = image });

        var failed = await Api.SeenAsync(container, "shows the error", seen => seen["transitioning"] == "error");

        failed["transitioningMessage"].ShouldNotBeNull().ShouldContain("connection refused");
        failed.Why.ShouldNotBeNull().ShouldContain("connection refused");
        failed.Json["drover"]!["since"].ShouldNotBeNull();
        await Api.RemoveAsync(failed);
        await Api.GoneAsync(failed);
        (await Host.ContainerNamesAsync()).ShouldNotContain(name => name.Contains(container["name"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_container_that_was_started_by_hand_is_shown_and_followed_and_never_touched()
    {
        var name = Workloads.Name("byhand");
        await Host.DockerAsync(["run", "-d", "--name", name, "-e", "COLOUR=blue", "--label", "team=red", TestImages.Busybox, .. Workloads.Idle]);

        var imported = (await Until.SeenAsync("it is imported", () => Api.FindAsync("containers", ("name", name)), seen => seen?.State == "running"))!;
        imported["nativeContainer"].ShouldBe("true");
        imported["imageUuid"].ShouldBe(Workloads.Busybox);
        imported.Json["environment"]!["COLOUR"]!.ToString().ShouldBe("blue");
        imported.Json["labels"]!["team"]!.ToString().ShouldBe("red");
        imported.EngineId.ShouldBe(await Host.DockerAsync("inspect", "-f", "{{.Id}}", name));

        await Host.DockerAsync("stop", name);
        await Api.InStateAsync(imported, "stopped");
        await Host.DockerAsync("start", name);
        await Api.InStateAsync(imported, "running");
        await Host.DockerAsync("rm", "-f", name);
        await Api.GoneAsync(imported);
    }

    [Fact]
    public async Task What_is_done_by_hand_to_a_container_of_ours_stands()
    {
        var container = await CreateIdleAsync("resting");
        var running = await Api.InStateAsync(container, "running");

        await Host.DockerAsync("stop", running.EngineId);

        await Api.InStateAsync(container, "stopped");
        (await InspectAsync(running, "{{.State.Running}}")).ShouldBe("false");
        await Api.ActAsync(container, "start");
        await Api.InStateAsync(container, "running");
        await Api.ActAsync(container, "stop");
        await Api.InStateAsync(container, "stopped");
        await Host.DockerAsync("start", running.EngineId);
        await Api.InStateAsync(container, "running");
        (await InspectAsync(running, "{{.State.Running}}")).ShouldBe("true");
        await Host.DockerAsync("rm", "-f", running.EngineId);
        await Api.GoneAsync(container);
    }

    [Fact]
    public async Task A_short_job_that_was_started_by_hand_runs_once()
    {
        var (job, volume) = (Workloads.Name("job"), Workloads.Name("count"));
        await Host.DockerAsync("run", "--name", job, "-v", $"{volume}:/count", TestImages.Busybox, "sh", "-c", "echo run >>/count/runs");

        var imported = (await Until.SeenAsync("it is shown", () => Api.FindAsync("containers", ("name", job)), seen => seen is { State: "stopped" }))!;

        imported["startCount"].ShouldBe("1");
        (await Host.DockerAsync("run", "--rm", "-v", $"{volume}:/count", TestImages.Busybox, "cat", "/count/runs")).ShouldBe("run");
        await Api.RemoveAsync(imported);
        await Api.GoneAsync(imported);
        (await Host.DockerAsync("ps", "-aq", "--filter", $"name={job}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_taken_port_keeps_a_container_waiting_with_the_reason_until_it_is_free()
    {
        var first = await CreateIdleAsync("first", ports: ["8083:80"]);
        await Api.InStateAsync(first, "running");
        var second = await CreateIdleAsync("second", ports: ["8083:80"]);

        var waiting = await Api.SeenAsync(second, "says why it waits", seen => seen.Why is not null);

        waiting.Why.ShouldNotBeNull().ShouldContain("8083");
        await Api.RemoveAsync(first);
        await Api.InStateAsync(second, "running");
        await Api.RemoveAsync(second);
    }

    private Task<Resource> CreateIdleAsync(string what, string[]? ports = null) =>
        Api.CreateAsync("containers", new { name = Workloads.Name(what), imageUuid = Workloads.Busybox, command = Workloads.Idle, ports = ports ?? [] });

    private Task<string> InspectAsync(Resource container, string format) => Host.DockerAsync("inspect", "-f", format, container.EngineId);

    private async Task<string?> PageAsync(int port)
    {
        using var http = new HttpClient(platform.Lab.CreateHttpHandler());
        return await Until.SeenAsync<string?>($"port {port} answers", async () =>
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://{Host.Machine.Address}:{port}/"));
                return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }, page => page is not null);
    }
}
