using System.Net;
using System.Net.Sockets;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Lab;

/// <summary>The lab itself, on hosts of its own: power, cable, engine, processes and traces.</summary>
public sealed class LabTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hosts_have_their_own_names_and_reach_each_other_until_the_cable_is_pulled()
    {
        await using var lab = await UpAsync(2);
        var (one, two) = (lab.Hosts[0], lab.Hosts[1]);

        (await one.ExecAsync("hostname")).Trim().ShouldBe(one.Name);
        (await two.ExecAsync("hostname")).Trim().ShouldBe(two.Name);
        (await PingAsync(one, two.Address)).ShouldBe(0);
        await two.CutAsync(Cancellation);
        (await PingAsync(one, two.Address)).ShouldNotBe(0);
        await two.HealAsync(Cancellation);
        (await PingAsync(one, two.Address)).ShouldBe(0);
    }

    [Fact]
    public async Task A_power_failure_keeps_the_disk_and_containers_that_restart_always_come_back()
    {
        await using var lab = await UpAsync(1);
        var host = lab.Hosts[0];
        await host.LoadAsync(await TestImages.BusyboxAsync(), Cancellation);
        await host.ExecAsync("docker", "run", "-d", "--restart=always", "--name", "kept", TestImages.Busybox, "sleep", "1000");

        await host.KillAsync(Cancellation);
        (await host.TryExecAsync(["true"], Cancellation)).Error.ShouldContain("is down");
        await host.StartAsync(Cancellation);

        (await host.ExecAsync("docker", "inspect", "-f", "{{.State.Running}}", "kept")).Trim().ShouldBe("true");
    }

    [Fact]
    public async Task A_program_inside_a_host_reaches_a_server_at_the_labs_address()
    {
        await using var lab = await UpAsync(1);
        var site = Directory.CreateDirectory(Path.Combine(lab.Folder, "site")).FullName;
        await File.WriteAllTextAsync(Path.Combine(site, "page"), "here", Cancellation);
        await using var server = lab.Start(
            "busybox", ["httpd", "-f", "-p", "8080", "-h", site], Path.Combine(lab.Folder, "server.log"));
        using var outside = new HttpClient(lab.CreateHttpHandler());

        var seenByHost = await lab.Hosts[0].ExecAsync(
            "curl", "-s", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", "http://10.201.0.1:8080/page");
        var seenByTest = await outside.GetStringAsync(new Uri("http://10.201.0.1:8080/page"), Cancellation);

        seenByHost.ShouldBe("here");
        seenByTest.ShouldBe("here");
    }

    [Fact]
    public async Task A_relay_lets_hosts_reach_a_port_of_the_loopback()
    {
        await using var lab = await UpAsync(1);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var relay = lab.Expose(9000, ((IPEndPoint)listener.LocalEndpoint).Port);

        var asked = lab.Hosts[0].ExecAsync("busybox", "nc", "-w", "5", "10.201.0.1", "9000");
        using (var connection = await listener.AcceptTcpClientAsync(Cancellation))
            await connection.GetStream().WriteAsync("over the relay"u8.ToArray(), Cancellation);

        (await asked).ShouldBe("over the relay");
    }

    [Fact]
    public async Task A_process_in_a_host_can_be_killed_and_dies_with_its_host()
    {
        await using var lab = await UpAsync(1);
        var host = lab.Hosts[0];
        var log = Path.Combine(lab.Folder, "out.log");
        await using var first = host.Start("sh", ["-c", "echo $WORD; exec sleep 600"], log, new Dictionary<string, string> { ["WORD"] = "hello" });
        await using var second = host.Start("sleep", ["600"], log);
        first.HasExited.ShouldBeFalse();

        await first.KillAsync(Cancellation);
        (await host.TryExecAsync(["sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"], Cancellation)).Output.ShouldContain("sleep 600");
        await host.KillAsync(Cancellation);
        await second.WaitForExitAsync(Cancellation);

        first.HasExited.ShouldBeTrue();
        second.HasExited.ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_left_of_a_lab_that_was_taken_down()
    {
        var lab = await UpAsync(1);
        var name = Path.GetFileName(lab.Folder);
        var init = (await File.ReadAllTextAsync(Path.Combine(lab.Hosts[0].Folder, "init.pid"), Cancellation)).Trim();
        Directory.Exists($"/proc/{init}").ShouldBeTrue();

        await lab.DisposeAsync();

        Directory.Exists(lab.Folder).ShouldBeFalse();
        Directory.EnumerateFiles("/run/netns").ShouldNotContain(path => path.Contains(name));
        Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup")
            .ShouldNotContain(controller => Directory.Exists(Path.Combine(controller, name)));
    }

    [Fact]
    public async Task A_lab_whose_owner_is_gone_is_swept_by_the_next()
    {
        var abandoned = await UpAsync(1);
        await File.WriteAllTextAsync(Path.Combine(abandoned.Folder, "owner"), "999999 1\n", Cancellation);

        await using var next = await DockerLab.UpAsync(0, cancellation: Cancellation);

        Directory.Exists(abandoned.Folder).ShouldBeFalse();
        await abandoned.DisposeAsync();
    }

    private static Task<DockerLab> UpAsync(int hosts)
    {
        Assert.SkipUnless(DockerLab.IsPossible(out var reason), reason ?? "");
        return DockerLab.UpAsync(hosts, cancellation: Cancellation);
    }

    private static async Task<int> PingAsync(DockerHost from, string address) =>
        (await from.TryExecAsync(["busybox", "ping", "-c", "1", "-W", "1", address], Cancellation)).ExitCode;
}
