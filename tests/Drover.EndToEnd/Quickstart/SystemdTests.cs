namespace Drover.EndToEnd.Quickstart;

/// <summary>quickstart.sh where systemd is process 1: units instead of loops.</summary>
public sealed class SystemdTests : IAsyncLifetime
{
    private static readonly string Machine = Checkout.File("tests/Drover.Testing/machine.sh");

    private DockerLab _lab = null!;
    private LabProcess _machine = null!;
    private Person _person = null!;
    private string _folder = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DockerLab.IsPossible(out var reason), reason ?? "");
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-nspawn"), "systemd-nspawn is not installed");
        _lab = await DockerLab.UpAsync(1);
        await _lab.Hosts[0].StopEngineAsync();
        _folder = Path.Combine(_lab.Hosts[0].Folder, "machine");
        _person = new Person(_lab.Hosts[0], TimeSpan.FromMinutes(5));
        _machine = Boot();
    }

    public async ValueTask DisposeAsync()
    {
        if (_machine is not null) await _machine.DisposeAsync();
        if (_lab is not null) await _lab.DisposeAsync();
    }

    [Fact]
    public async Task Units_keep_server_and_agent_up_also_over_a_reboot_until_they_are_stopped()
    {
        (await RunAsync("cat", "/proc/1/comm")).Trim().ShouldBe("systemd");
        (await QuickstartAsync()).ShouldContain("Drover is up.");
        (await RunAsync("systemctl", "is-active", "drover-server", "drover-agent", "docker")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["active", "active", "active"]);
        await EveryoneAnswersAsync();

        foreach (var unit in (string[])["drover-server", "drover-agent"])
            await RunAsync("sh", "-c", "kill -9 $(systemctl show -p MainPID --value \"$0\")", unit);
        await HostIsActiveAsync();

        await _machine.TerminateAsync(TestContext.Current.CancellationToken); // a shutdown in order
        _machine = Boot();
        await EveryoneAnswersAsync();

        (await QuickstartAsync("--no-demo")).ShouldContain("Drover is up.");
        await RunAsync("bash", Checkout.File("quickstart.sh"), "--stop", "--data", Data);
        (await RunAsync("sh", "-c", "ls /etc/systemd/system | grep ^drover-; systemctl list-units --all --plain --no-legend 'drover-*'")).ShouldBeEmpty();
        (await RunAsync("systemctl", "is-active", "docker")).Trim().ShouldBe("active", "the machine's own engine runs on");
    }

    private string Data => Path.Combine(_folder, "data");

    private LabProcess Boot() => _lab.Hosts[0].Start("bash", [Machine, "boot", _folder, Checkout.Root], Path.Combine(_lab.Hosts[0].Folder, "machine.log"));

    private Task<string> QuickstartAsync(params string[] options) =>
        RunAsync(["bash", Checkout.File("quickstart.sh"), "--data", Data, .. options]);

    private Task<string> HostIsActiveAsync() => _person.UntilAsync(
        "an active host", text => text.Contains(" active ", StringComparison.Ordinal), Inside(Checkout.File("drover"), "hosts"));

    private Task<string> EveryoneAnswersAsync() => _person.UntilAsync(
        "answered by name",
        text => text.Contains("demo-who-", StringComparison.Ordinal) && !text.Contains("nobody answered", StringComparison.Ordinal),
        Inside("curl", "-sf", "--max-time", "10", "http://127.0.0.1:8888/cgi-bin/index"));

    private Task<string> RunAsync(params string[] command) => _person.RunAsync(Inside(command));

    private string[] Inside(params string[] command) => ["bash", Machine, "exec", _folder, .. command];
}
