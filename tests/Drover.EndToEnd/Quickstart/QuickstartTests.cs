namespace Drover.EndToEnd.Quickstart;

/// <summary>quickstart.sh on a machine of its own: without an engine at first, without systemd, without a registry.</summary>
public sealed class QuickstartTests : IAsyncLifetime
{
    private const string Page = "http://127.0.0.1:8888/cgi-bin/index";

    private DockerLab _lab = null!;
    private DockerHost _host = null!;
    private Person _person = null!;
    private string _data = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DockerLab.IsPossible(out var reason), reason ?? "");
        _lab = await DockerLab.UpAsync(1);
        _host = _lab.Hosts[0];
        await _host.StopEngineAsync();
        _data = Path.Combine(_host.Folder, "quickstart");
        _person = new Person(_host, TimeSpan.FromMinutes(5));
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null) await _lab.DisposeAsync();
    }

    [Fact]
    public async Task One_command_brings_up_engine_server_agent_and_demo_and_what_is_killed_heals()
    {
        var said = await QuickstartAsync();
        said.ShouldContain("Drover is up.");
        said.ShouldMatch(@"http://[0-9.]+:8080/setup#\S{20,}");
        (await _person.RunAsync("curl", "-sf", Page)).ShouldContain("It runs.");
        await EveryoneAnswersAsync();
        (await _person.RunAsync("docker", "volume", "ls", "-q")).ShouldContain("visits");
        var before = await RunningAsync();

        foreach (var name in (string[])["server", "agent", "engine"]) await KillAsync(name);
        await EveryoneAnswersAsync();
        (await RunningAsync()).ShouldBe(before, "what ran on while everything was killed is not started again");

        foreach (var name in (string[])["engine", "server", "agent"])
        {
            await KillAsync(name);
            await _person.UntilAsync($"mended after the end of the {name}", text => text.Contains("demo/who") && !text.Contains("activating"), Drover, "ps");
        }

        await _person.RunAsync("docker", "kill", before.Split(' ')[0]);
        await _person.UntilAsync("five containers", text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 5, "docker", "ps", "-q");
        await EveryoneAnswersAsync();
    }

    [Fact]
    public async Task A_port_that_a_killed_engine_was_about_to_publish_is_free_again_and_what_runs_runs_on()
    {
        // A runtime that kills the engine the first time it is to create a container, when the port is taken already.
        await _person.RunAsync("sh", "-c", """
            mkdir -p /etc/docker && cat >/etc/docker/deadly <<'RUNTIME' && chmod +x /etc/docker/deadly
            #!/bin/sh
            case " $* " in *" create "*) [ -e /etc/docker/spare ] || { touch /etc/docker/spare; kill -9 "$(cat /var/run/docker.pid)"; } ;; esac
            exec runc "$@"
            RUNTIME
            echo '{"runtimes":{"deadly":{"path":"/etc/docker/deadly"}}}' >/etc/docker/daemon.json
            """);
        await QuickstartAsync();
        var before = await RunningAsync();

        (await _person.TryAsync("docker", "run", "--runtime", "deadly", "-p", "8890:80", "drover/demo:1", "true")).ExitCode.ShouldNotBe(0);

        await _person.UntilAsync("free", text => text.Contains("it started", StringComparison.Ordinal), "docker", "run", "--rm", "-p", "8890:80", "drover/demo:1", "echo", "it started");
        (await RunningAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Run_again_it_repairs_and_stop_ends_what_it_started()
    {
        await QuickstartAsync("--no-demo", "--port", "18080");
        foreach (var name in (string[])["server", "agent", "engine"])
        {
            await KillAsync(name, "loop.pid");
            await KillAsync(name);
        }

        await QuickstartAsync("--no-demo");
        var url = "http://127.0.0.1:18080";
        await _person.UntilAsync("active", text => text.Contains(" active "), Drover, "hosts", "--url", url);

        var stopped = await _person.RunAsync("bash", Checkout.File("quickstart.sh"), "--stop", "--data", _data);
        stopped.ShouldContain("Everything is kept in");
        (await _person.TryAsync("grep", "-lz", $"^DROVER_KEPT_UP={_data}", "-r", "/proc", "--include", "environ", "-s")).Output.ShouldBeEmpty();
        (await _person.TryAsync("curl", "-s", "--unix-socket", "/var/run/docker.sock", "http://engine/_ping")).ExitCode.ShouldNotBe(0);
        (await _person.TryAsync("curl", "-s", url + "/ping")).ExitCode.ShouldNotBe(0);
        Directory.Exists(Path.Combine(_data, "server")).ShouldBeTrue();
    }

    private static string Drover => Checkout.File("drover");

    private Task<string> QuickstartAsync(params string[] options) =>
        _person.RunAsync(["bash", Checkout.File("quickstart.sh"), "--data", _data, .. options]);

    private Task<string> EveryoneAnswersAsync() => _person.UntilAsync(
        "answered by name",
        text => text.Contains("demo-who-", StringComparison.Ordinal) && !text.Contains("nobody answered", StringComparison.Ordinal),
        "curl", "-sf", "--max-time", "10", Page);

    private Task<string> RunningAsync() => _person.RunAsync("docker", "ps", "--no-trunc", "--format", "{{.ID}} {{.Names}}");

    private Task<string> KillAsync(string name, string file = "pid") => _person.RunAsync("sh", "-c", "kill -9 $(cat \"$0\")", Path.Combine(_data, $"run/{name}.{file}"));
}
