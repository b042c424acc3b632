using System.Diagnostics;

namespace Drover.Integration.Serving;

/// <summary>An address that a server cannot have.</summary>
public sealed class ListenTests
{
    [Fact]
    public async Task A_port_in_use_is_told_in_one_line_and_the_other_server_goes_on()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var first = await RealServer.StartAsync(null, cancel);
        var address = first.Url.ToString().TrimEnd('/');

        var (code, said, wrong) = await RunAsync(address);

        code.ShouldBe(1);
        said.ShouldBeEmpty();
        wrong.Trim().ShouldBe($"drover: cannot listen on {address}: another program listens there (`ss -ltnp` shows which); end it, or name another port with --listen");
        (await first.Http.GetStringAsync(new Uri("ping", UriKind.Relative), cancel)).ShouldBe("pong");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told_in_one_line()
    {
        var (code, _, wrong) = await RunAsync("http://192.0.2.1:18080");

        code.ShouldBe(1);
        wrong.ShouldStartWith("drover: cannot listen on http://192.0.2.1:18080: this machine has no such address");
        wrong.Trim().ShouldNotContain("\n");
    }

    private static async Task<(int Code, string Said, string Wrong)> RunAsync(string address)
    {
        var start = new ProcessStartInfo(RealServer.Program, ["server", "--listen", address]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var server = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            var said = await Task.WhenAll(server.StandardOutput.ReadToEndAsync(limit.Token), server.StandardError.ReadToEndAsync(limit.Token));
            await server.WaitForExitAsync(limit.Token);
            return (server.ExitCode, said[0], said[1]);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }
}
