using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace Drover.Integration.Streams;

/// <summary>Streams from a real engine through agent and server to clients.</summary>
public sealed class StreamTests(SharedPlatform platform)
{
    /// <summary>As fast as a shell writes them: some times two thousand a second.</summary>
    private const int Lines = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Api Api => platform.Api;

    [Fact]
    public async Task Two_thousand_lines_a_second_pass_whole_and_in_order_beside_a_reader_that_reads_nothing()
    {
        var container = await StartAsync("chatty", "until [ -e /go ]; do sleep 0.05; done; seq 1 60000; sleep 1000");
        using var asleep = await OpenAsync(container, "logs", new { follow = true, lines = 0, timestamps = true });
        using var awake = await OpenAsync(container, "logs", new { follow = true, lines = 0, timestamps = false });
        var before = ServerMemory();

        await platform.Host.TryInContainerAsync(container.EngineId, "touch", "/go");
        var clock = Stopwatch.StartNew();
        for (var expected = 1; expected <= Lines; expected++)
            (await ReadAsync(awake)).ShouldBe(string.Create(CultureInfo.InvariantCulture, $"01 {expected}\n"));

        TestContext.Current.TestOutputHelper!.WriteLine($"{Lines / clock.Elapsed.TotalSeconds:0} lines a second passed; the server grew by {(ServerMemory() - before) >> 20} MB");
        (ServerMemory() - before).ShouldBeLessThan(128L << 20, "nothing piles up for the reader that reads nothing");
        (await ReadAsync(asleep)).ShouldNotBeNull().ShouldEndWith(" 1\n");
    }

    [Fact]
    public async Task The_command_line_shows_lines_and_ends_as_the_command_ends()
    {
        var container = await StartAsync("told", "echo begins; sleep 1000");
        var name = container["name"]!;

        var (logs, lines) = await DroverAsync("logs", name);
        (logs, lines).ShouldBe((0, "begins\n"));
        var (code, said) = await DroverAsync("exec", name, "--", "sh", "-c", "echo in $(hostname); exit 9");
        code.ShouldBe(9, said);
        said.ShouldStartWith("in ");
        var (none, why) = await DroverAsync("exec", "nobody", "--", "true");
        none.ShouldBe(2, why);
    }

    [Fact]
    public async Task Figures_of_a_container_come_once_a_second()
    {
        var container = await StartAsync("busy", "while :; do sleep 0.1; done");
        var access = await Api.GetAsync(container.Link("containerStats"));
        using var socket = await OpenAsync($"{access["url"]}?token={access["token"]}");

        var (first, second) = (await ReadAsync(socket), await ReadAsync(socket));

        first.ShouldNotBeNull().ShouldStartWith($"[{{\"id\":\"{container.Id}\",\"resourceType\":\"container\"");
        second.ShouldNotBe(first);
    }

    private async Task<Resource> StartAsync(string what, string script)
    {
        var made = await Api.CreateAsync("containers", new { name = Workloads.Name(what), imageUuid = Workloads.Busybox, command = new[] { "sh", "-c", script } });
        return await Api.InStateAsync(made, "running");
    }

    private async Task<ClientWebSocket> OpenAsync(Resource container, string action, object input)
    {
        var access = await Api.ActAsync(container, action, input);
        return await OpenAsync($"{access["url"]}?token={access["token"]}");
    }

    private async Task<ClientWebSocket> OpenAsync(string address)
    {
        var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(platform.Lab.CreateHttpHandler(), disposeHandler: false);
        await socket.ConnectAsync(new Uri(address), invoker, Cancel);
        return socket;
    }

    private static async Task<string?> ReadAsync(WebSocket socket)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(Until.Patience);
        var frame = new byte[64 * 1024];
        var count = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(frame.AsMemory(count), deadline.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            count += part.Count;
            if (part.EndOfMessage) return Encoding.UTF8.GetString(frame, 0, count);
        }
    }

    private long ServerMemory()
    {
        using var server = Process.GetProcessById(platform.Server.Id);
        return server.WorkingSet64;
    }

    /// <summary>Runs `drover` as a person on the server's machine would.</summary>
    private async Task<(int Code, string Said)> DroverAsync(params string[] arguments)
    {
        var log = Path.Combine(platform.Lab.Folder, $"{Workloads.Name("cli")}.log");
        await using var process = platform.Lab.Start(RealServer.Program, [arguments[0], "--url", platform.Server.Url.ToString(), .. arguments[1..]], log);
        await Until.SoAsync($"drover {arguments[0]} ends", () => Task.FromResult(process.HasExited));
        return (process.ExitCode, await File.ReadAllTextAsync(log, Cancel));
    }
}
