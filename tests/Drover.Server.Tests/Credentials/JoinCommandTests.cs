using System.Diagnostics;
using Drover.Server.Credentials;

namespace Drover.Server.Tests.Credentials;

public sealed class JoinCommandTests
{
    private const string Url = "http://10.0.0.1:8080/v1/scripts/ABC:1:sig";

    [Fact]
    public void Without_an_image_on_the_server_it_is_docker_run_alone() =>
        JoinCommand.Of("drover/agent", Url, null).ShouldBe(
            "sudo docker run -d --name drover-agent --restart=unless-stopped --net=host --cap-add=NET_ADMIN --cap-add=SYS_ADMIN "
            + $"-v /var/run/docker.sock:/var/run/docker.sock -v /var/lib/drover:/var/lib/drover drover/agent {Url}");

    [Fact]
    public void With_one_it_is_fetched_from_the_server_and_checked_first()
    {
        var command = JoinCommand.Of("drover/agent", Url, "cafe");
        command.ShouldContain("curl -fsSO http://10.0.0.1:8080/v1/agent/download/drover-agent.tar.gz; echo \"cafe  drover-agent.tar.gz\" | sha256sum -c;");
        command.IndexOf("sha256sum", StringComparison.Ordinal).ShouldBeLessThan(command.IndexOf("docker load", StringComparison.Ordinal));
        command.ShouldEndWith($"drover/agent {Url}'");
    }

    [Theory]
    [InlineData("x'; rm -rf / #", "http://h/v1/scripts/t")]
    [InlineData("x", "http://h'`id`$(id)/v1/scripts/t")]
    [InlineData("x;id", "http://h/v1/scripts/t\nid")]
    public void Nothing_in_a_name_or_address_reaches_the_shell(string image, string url)
    {
        var command = JoinCommand.Of(image, url, "cafe");
        command.Count(letter => letter == '\'').ShouldBe(2);
        foreach (var bad in (string[])["`", "$(id)", "\n", "#", ";id", "; rm -rf"]) command.ShouldNotContain(bad);
    }

    [Theory]
    [InlineData("image", 0, "load -qi drover-agent.tar.gz\nrm -f drover-agent\nrun -d")]
    [InlineData("changed on the way", 1, "")]
    public async Task What_is_fetched_is_loaded_only_as_the_server_made_it_and_leaves_nothing_behind(string fetched, int code, string done)
    {
        var folder = Directory.CreateTempSubdirectory("drover-join-").FullName;
        var temporary = Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;
        Put("sudo", "exec \"$@\"");
        Put("curl", "printf %s \"$FETCHED\" >drover-agent.tar.gz");
        Put("docker", "echo \"$@\" >>\"$SAID\"");
        var command = JoinCommand.Of("drover/agent", Url, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("image"u8)));
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = temporary;
        start.Environment["FETCHED"] = fetched;
        start.Environment["SAID"] = Path.Combine(folder, "said");

        using var shell = Process.Start(start)!;
        await Task.WhenAll(shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        shell.ExitCode.ShouldBe(code);
        Directory.EnumerateFileSystemEntries(temporary).ShouldBeEmpty();
        (File.Exists(Path.Combine(folder, "said")) ? await File.ReadAllTextAsync(Path.Combine(folder, "said"), TestContext.Current.CancellationToken) : "").ShouldStartWith(done);
        File.Exists(Path.Combine(folder, "said")).ShouldBe(code == 0, "docker is asked for nothing before the check");
        Directory.Delete(folder, recursive: true);

        void Put(string name, string script)
        {
            File.WriteAllText(Path.Combine(folder, name), $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
