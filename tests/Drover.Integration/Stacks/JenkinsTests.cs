namespace Drover.Integration.Stacks;

/// <summary>The stack of the original report (SEED-28 to 32), its three files unchanged, launched as its user does. Its images are stand-ins of the same names that do what the real ones do.</summary>
public sealed class JenkinsTests(SharedPlatform platform)
{
    private const string Home = "/var/jenkins_home", Shared = "/usr/share/jenkins/rancher";

    /// <summary>Waits for the list of its sidekick and serves its home at 8080, as the user 1000.</summary>
    private const string Primary = $"""
        #!/bin/sh
        until [ -s {Shared}/plugins.txt ] && cp {Shared}/plugins.txt {Home}/installed.txt; do sleep 0.1; done
        exec httpd -f -p 8080 -h {Home}
        """;

    /// <summary>Renders a list from the metadata of its own service, as confd does there.</summary>
    private const string Confd = $"""
        #!/bin/sh
        trap 'exit 0' TERM
        until wget -qO {Shared}/new http://rancher-metadata/2015-07-25/self/service/metadata/plugins; do sleep 0.1; done
        mv {Shared}/new {Shared}/plugins.txt
        while :; do sleep 3600 & wait; done
        """;

    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "jenkins");

    [Fact]
    public async Task The_stack_of_the_report_comes_up_and_serves_what_its_sidekicks_prepared()
    {
        var machine = platform.Host.Machine;
        foreach (var image in await StandInsAsync()) await machine.LoadAsync(image, TestContext.Current.CancellationToken);
        var name = Workloads.Name("jenkins");

        (await platform.DroverAsync("up", "--file", Path.Combine(Files, "docker-compose.yml"), "--env-file", Path.Combine(Files, "answers"), "--stack", name, "--timeout", "60"))
            .ShouldContain($"stack {name}");

        var stack = new TestStack(platform.Api, platform.Host, (await platform.Api.FindAsync("stacks", ("name", name)))!);
        await stack.AreActiveAsync();
        await ServesThePluginsAsync();
        var (primary, plugins, volume) = (
            await stack.ContainerAsync("jenkins-primary-1"),
            await stack.ContainerAsync("jenkins-primary-jenkins-plugins-1"),
            await stack.ContainerAsync("jenkins-primary-jenkins-datavolume-1"));
        (primary.State, plugins.State).ShouldBe(("running", "running"));
        (volume.State, volume["startCount"]).ShouldBe(("stopped", "1"));
        (plugins["deploymentUnitUuid"], volume["deploymentUnitUuid"]).ShouldBe((primary["deploymentUnitUuid"], primary["deploymentUnitUuid"]));
        (await InsideAsync(primary, "hostname")).ShouldBe($"{name}-jenkins-primary-1");
        (await InsideAsync(primary, "id", "-u")).ShouldBe("1000");
        (await InsideAsync(primary, "stat", "-c", "%u:%g", Home)).ShouldBe("1000:1000");
        (await platform.Host.DockerAsync("volume", "ls", "--format", "{{.Driver}} {{.Name}}")).Split('\n').ShouldContain("local test1");
        (await platform.Host.DockerAsync("inspect", "-f", "{{.State.ExitCode}} {{.RestartCount}}", volume.EngineId)).ShouldBe("0 0");
        (await stack.ServiceAsync("jenkins-primary"))["healthState"].ShouldBe("healthy");

        await stack.RemoveAsync();
        (await stack.OnEngineAsync()).ShouldBeEmpty();
    }

    /// <summary>The page at the host's published port is the answers' list, line for line.</summary>
    private async Task ServesThePluginsAsync()
    {
        using var http = new HttpClient(platform.Lab.CreateHttpHandler());
        var page = new Uri($"http://{platform.Host.Machine.Address}:8080/installed.txt");
        var expected = (await File.ReadAllTextAsync(Path.Combine(Files, "answers"))).Split('\'')[1].Trim();
        (await Until.SeenAsync("the port of the report answers", () => TryGetAsync(http, page), seen => seen is not null))!.Trim().ShouldBe(expected);
    }

    private static async Task<string?> TryGetAsync(HttpClient http, Uri page)
    {
        try
        {
            using var answer = await http.GetAsync(page, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task<string> InsideAsync(Resource container, params string[] command) =>
        (await platform.Host.TryInContainerAsync(container.EngineId, command)).ShouldNotBeNull(string.Join(' ', command));

    private static Task<string[]> StandInsAsync() => Task.WhenAll(
        TestImages.StandInAsync("jenkins:1.651.3", $$$"""
            "User":"1000","Volumes":{"{{{Home}}}":{}},"ExposedPorts":{"8080/tcp":{},"50000/tcp":{}}
            """, ["false"]),
        TestImages.StandInAsync(
            "rancher/jenkins-plugins:v0.1.1", $$$"""
            "Volumes":{"{{{Shared}}}":{}},"Entrypoint":["/confd"]
            """, ["--backend", "rancher"], ("confd", Confd), ($"{Shared[1..]}/jenkins.sh", Primary)),
        TestImages.StandInAsync("busybox:latest", "", ["sh"]));
}
