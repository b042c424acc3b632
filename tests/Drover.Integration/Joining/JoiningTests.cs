using System.Net;

namespace Drover.Integration.Joining;

/// <summary>Hosts join an environment by its registration token, and by no other.</summary>
public sealed class JoiningTests(SharedPlatform platform)
{
    private const int Refused = 3;

    [Fact]
    public async Task A_host_that_joined_says_what_it_is()
    {
        var host = (await platform.Api.FindAsync("hosts", ("hostname", platform.Host.Machine.Name)))!;

        host["agentIpAddress"].ShouldBe(platform.Host.Machine.Address);
        host["accountId"].ShouldBe(Platform.Default);
        host.Json["info"]!["osInfo"]!["dockerVersion"]!.ToString().ShouldContain(await platform.Host.DockerAsync("version", "-f", "{{.Server.Version}}"));
        host.Json["labels"]!["io.rancher.host.docker_version"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("0123456789ABCDEF0123:1480464000000:aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_agent_with_a_wrong_token_ends_and_says_so(string token)
    {
        var said = await RefusedAsync(token);

        said.ShouldContain("The registration token is wrong, has expired or was deactivated");
        said.ShouldNotContain(token);
    }

    [Fact]
    public async Task A_token_that_was_taken_back_lets_nobody_in()
    {
        var token = await Platform.NewTokenAsync(platform.Api);
        await platform.Api.ActAsync(token, "deactivate");
        await platform.Api.InStateAsync(token, "inactive");

        (await RefusedAsync(token["token"]!)).ShouldContain("wrong, has expired or was deactivated");
    }

    [Fact]
    public async Task A_caller_without_a_token_is_told_what_is_missing()
    {
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        var answer = await platform.Everywhere.SendAsync(HttpMethod.Post, new Uri(platform.Server.Url, "/v1/agent/register").ToString(), body);

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Text.ShouldContain("registration token");
    }

    [Fact]
    public async Task A_machine_of_one_environment_cannot_join_another()
    {
        var other = await platform.Everywhere.CreateAsync("projects", new { name = $"Other-{Guid.NewGuid():N}" });
        await platform.Everywhere.InStateAsync(other, "active");
        var token = (await Platform.NewTokenAsync(platform.Everywhere.In(other.Id)))["token"]!;
        var machine = platform.Host.Machine;
        await machine.ExecAsync("sh", "-c", "echo 10.201.0.1 server.lab >>/etc/hosts; cp -a /var/lib/drover/agent /var/lib/drover/elsewhere; rm -f /var/lib/drover/elsewhere/agent.lock");

        var said = await RefusedAsync(token, "--url", "http://server.lab:8080", "--data", "/var/lib/drover/elsewhere");

        said.ShouldContain("This machine belongs to another environment");
        (await platform.Everywhere.In(other.Id).ListAsync("hosts")).ShouldBeEmpty();
        (await platform.Api.FindAsync("hosts", ("hostname", machine.Name)))!.State.ShouldBe("active");
    }

    private async Task<string> RefusedAsync(string token, params string[] arguments)
    {
        var log = Path.Combine(platform.Lab.Folder, $"refused-{Guid.NewGuid():N}.log");
        var folder = arguments.Contains("--data") ? arguments : ["--data", $"/var/lib/drover/refused-{Guid.NewGuid():N}", .. arguments];
        await using var agent = platform.Host.Launch(token, log, folder);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Until.Patience);
        await agent.WaitForExitAsync(patience.Token);
        agent.ExitCode.ShouldBe(Refused);
        return await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
    }
}
