using System.Diagnostics;

namespace Drover.EndToEnd.Images;

/// <summary>The images that images/build.sh makes, on hosts that reach nothing but each other.</summary>
public sealed class ImageTests : IAsyncLifetime
{
    private const string ServerUrl = "http://10.201.0.11:8080";

    private DockerLab _lab = null!;
    private Person _server = null!;
    private Person _host = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DockerLab.IsPossible(out var reason), reason ?? "");
        await BuildAsync();
        _lab = await DockerLab.UpAsync(2);
        _server = new Person(_lab.Hosts[0], TimeSpan.FromMinutes(2));
        _host = new Person(_lab.Hosts[1], TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null) await _lab.DisposeAsync();
    }

    [Fact]
    public async Task The_shown_command_joins_a_host_that_reaches_nothing_but_the_server()
    {
        await _server.RunAsync("docker", "load", "-qi", Checkout.File("out/images/drover-server.tar.gz"));
        await _server.RunAsync("docker", "run", "-d", "--name", "drover", "--restart=unless-stopped", "-p", "8080:8080", "drover/server");
        await _host.UntilAsync("answered", text => text == "pong", "curl", "-sf", ServerUrl + "/ping");
        (await _server.RunAsync("docker", "logs", "drover")).ShouldContain("/setup#");
        (await _host.TryAsync("curl", "-s", ServerUrl + "/v2-beta/projects")).Output.ShouldContain("\"status\":401", customMessage: "another machine is not let in");

        var command = (await _server.RunAsync("docker", "exec", "drover", "/opt/drover/drover", "hosts", "add")).Trim();
        command.ShouldContain("docker run");
        command.ShouldContain("sha256sum -c");
        await _host.RunAsync("sh", "-c", command.Replace("sudo ", "", StringComparison.Ordinal).Replace("http://127.0.0.1:8080", ServerUrl, StringComparison.Ordinal));
        await _server.UntilAsync("active", text => text.Contains(_lab.Hosts[1].Name, StringComparison.Ordinal) && text.Contains(" active ", StringComparison.Ordinal),
            "docker", "exec", "drover", "/opt/drover/drover", "hosts");

        // The host goes on after a power failure of either side, without a hand.
        await _lab.Hosts[0].KillAsync(TestContext.Current.CancellationToken);
        await _lab.Hosts[1].KillAsync(TestContext.Current.CancellationToken);
        await _lab.Hosts[0].StartAsync(TestContext.Current.CancellationToken);
        await _lab.Hosts[1].StartAsync(TestContext.Current.CancellationToken);
        await _host.UntilAsync("the agent started again", text => text.StartsWith("drover-agent Up", StringComparison.Ordinal), "docker", "ps", "--format", "{{.Names}} {{.Status}}");
        await _server.UntilAsync("active again", text => text.Contains(_lab.Hosts[1].Name, StringComparison.Ordinal) && text.Contains(" active ", StringComparison.Ordinal), "docker", "exec", "drover", "/opt/drover/drover", "hosts");
    }

    [Fact]
    public async Task The_program_alone_runs_on_a_machine_without_dotnet()
    {
        var said = await _host.RunAsync("env", "-i", "PATH=/bin", Checkout.File("out/images/downloads/drover-linux-x64"), "--version");
        said.ShouldMatch(@"^\d+\.\d+\.\d+");
    }

    /// <summary>Takes a minute after a change of the sources, else no time.</summary>
    private static async Task BuildAsync()
    {
        var start = new ProcessStartInfo("bash", [Checkout.File("images/build.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var build = Process.Start(start)!;
        var said = await Task.WhenAll(build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync());
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        build.ExitCode.ShouldBe(0, string.Join('\n', said));
    }
}
