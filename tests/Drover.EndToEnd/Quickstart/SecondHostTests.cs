namespace Drover.EndToEnd.Quickstart;

/// <summary>quickstart.sh on one host, and its printed command on another that reaches nothing but the first.</summary>
public sealed class SecondHostTests : IAsyncLifetime
{
    private DockerLab _lab = null!;
    private DockerHost _first = null!;
    private DockerHost _second = null!;
    private Person _owner = null!;
    private Person _other = null!;
    private string _data = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(DockerLab.IsPossible(out var reason), reason ?? "");
        _lab = await DockerLab.UpAsync(2);
        (_first, _second) = (_lab.Hosts[0], _lab.Hosts[1]);
        _data = Path.Combine(_first.Folder, "quickstart");
        _owner = new Person(_first, TimeSpan.FromMinutes(5));
        _other = new Person(_second, TimeSpan.FromMinutes(5));
    }

    public async ValueTask DisposeAsync()
    {
        if (_lab is not null) await _lab.DisposeAsync();
    }

    [Fact]
    public async Task The_printed_command_makes_another_machine_a_host_and_the_playground_runs_on_both()
    {
        await QuickstartAsync();
        (await SettingAsync()).ShouldBe($"http://{_first.Address}:8080");
        await JoinAsync();
        await _second.LoadAsync(Path.Combine(_data, "demo/image.tar"), TestContext.Current.CancellationToken);

        foreach (var name in PlaygroundStacks())
            await _owner.RunAsync(Drover, "up", "--file", Checkout.File($"playground/{name}/docker-compose.yml"), "--timeout", "180");

        await _owner.UntilAsync("active", text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).All(IsSettled), Drover, "ps");
        (await _other.RunAsync("docker", "ps", "--format", "{{.Names}}")).ShouldContain("scheduling-everywhere-");
        (await _owner.RunAsync("docker", "ps", "--format", "{{.Names}}")).ShouldContain("scheduling-everywhere-");
        (await _owner.RunAsync("docker", "ps", "--format", "{{.Names}}")).Split("scheduling-apart-").Length.ShouldBe(2, "the two are apart");
        await LooksAsReadMeSaysAsync();
    }

    [Fact]
    public async Task An_address_that_somebody_set_by_hand_stays_and_one_of_quickstart_follows_its_port()
    {
        await QuickstartAsync("--no-demo");
        await QuickstartAsync("--no-demo", "--port", "18080");
        (await SettingAsync(18080)).ShouldBe($"http://{_first.Address}:18080");
        var made = File.GetLastWriteTimeUtc(Path.Combine(_data, "downloads/drover-agent.tar.gz"));

        await SetAsync("""{"value":"https://drover.example"}""");
        await QuickstartAsync("--no-demo");
        (await SettingAsync(18080)).ShouldBe("https://drover.example");
        await SetAsync("""{"value":""}""");
        await QuickstartAsync("--no-demo");
        (await SettingAsync(18080)).ShouldBeEmpty("it was emptied by hand");
        File.GetLastWriteTimeUtc(Path.Combine(_data, "downloads/drover-agent.tar.gz")).ShouldBe(made, "nothing is made again without need");

        Task<string> SetAsync(string body) => _owner.RunAsync(
            "curl", "-sf", "-X", "PUT", "-H", "Content-Type: application/json", "-d", body, "http://127.0.0.1:18080/v2-beta/settings/api.host");
    }

    [Fact]
    public async Task A_port_of_another_program_is_told_before_anything_is_started()
    {
        await using var other = _first.Start("busybox", ["httpd", "-f", "-p", "8080"], Path.Combine(_first.Folder, "httpd.log"));
        await _owner.UntilAsync("listened", text => text.Length > 0, "ss", "-Hltn", "sport = :8080");

        var ended = await _owner.TryAsync("bash", Checkout.File("quickstart.sh"), "--data", _data, "--no-demo");

        ended.ExitCode.ShouldBe(1);
        ended.Error.ShouldContain("port 8080 is used by another program");
        Directory.Exists(Path.Combine(_data, "server")).ShouldBeFalse();
    }

    private static string Drover => Checkout.File("drover");

    private static IEnumerable<string> PlaygroundStacks() =>
        Directory.GetDirectories(Checkout.File("playground")).Select(Path.GetFileName).OfType<string>().Where(name => name != "demo").Order(StringComparer.Ordinal);

    private async Task JoinAsync()
    {
        var command = (await _owner.RunAsync(Drover, "hosts", "add")).Trim();
        command.ShouldContain($"http://{_first.Address}:8080/v1/scripts/");
        // As printed, but for sudo: the person is root already.
        command.ShouldStartWith("sudo ");
        await _other.RunAsync("sh", "-c", command["sudo ".Length..]);
        await _owner.UntilAsync(
            "active", text => text.Split('\n').Any(row => row.Contains($" {_second.Name} ", StringComparison.Ordinal) && row.Contains(" active ", StringComparison.Ordinal)), Drover, "hosts");
    }

    private static bool IsSettled(string row) => row.Contains(" active ", StringComparison.Ordinal) || row.Contains(" started-once ", StringComparison.Ordinal);

    private async Task LooksAsReadMeSaysAsync()
    {
        var page = await WhereAsync("metadata-page-");
        await page.UntilAsync("the metadata", text => text.Contains("greeting: said in rancher-compose.yml", StringComparison.Ordinal) && text.Contains("stack/name: metadata", StringComparison.Ordinal), "curl", "-s", "http://127.0.0.1:8899/");
        await SaidAsync("links-client-", "links-store-");
        await SaidAsync("sidekicks-reader-", "written by");
        await SaidAsync("volumes-reader-", ":");
        (await _owner.RunAsync(Drover, "inspect", "links/prepare")).ShouldContain("\"healthState\": \"started-once\"");
    }

    private async Task SaidAsync(string container, string text)
    {
        var person = await WhereAsync(container);
        var id = (await person.RunAsync("docker", "ps", "-q", "--filter", $"name={container}")).Split('\n')[0];
        await person.UntilAsync($"{container} said {text}", said => said.Contains(text, StringComparison.Ordinal), "docker", "logs", "--tail", "20", id);
    }

    /// <summary>Who sits at the host that a container runs on.</summary>
    private async Task<Person> WhereAsync(string container) =>
        (await _owner.RunAsync("docker", "ps", "--format", "{{.Names}}")).Contains(container, StringComparison.Ordinal) ? _owner : _other;

    private async Task<string> SettingAsync(int port = 8080)
    {
        var answer = await _owner.RunAsync("curl", "-sf", $"http://127.0.0.1:{port}/v2-beta/settings/api.host");
        return System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("value").GetString()!;
    }

    private Task<string> QuickstartAsync(params string[] options) =>
        _owner.RunAsync(["bash", Checkout.File("quickstart.sh"), "--data", _data, .. options]);
}
