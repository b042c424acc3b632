using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Drover.Cli.Tests.Verbs;

/// <summary>Verbs that look into containers.</summary>
public sealed class StreamVerbTests : VerbTest
{
    [Fact]
    public async Task The_lines_of_a_container_are_shown_without_prefix_errors_on_the_error_stream()
    {
        ServeContainer("web-1", "1i1");
        ServeLines("1i1", "01 out\n", "02 err\n", "00 both\n");

        (await RunAsync("logs", "web-1", "--tail", "5", "--since", "10m", "-t", "-f")).ShouldBe(ExitCode.Done, Error);

        Out.ShouldBe("out\nboth\n");
        Error.ShouldBe("err\n");
        var asked = Asked("POST").Single().Body!;
        (asked["lines"]!.GetValue<int>(), asked["since"]!.GetValue<string>()).ShouldBe((5, "10m"));
        Api.Requests.Single(request => request.Path == "/v1/logs/1i1").Query.ShouldBe("?token=token-1i1");
        Api.Requests.Single(request => request.Path == "/v1/logs/1i1").Authorization.ShouldBeNull("a token is all that signs in");
    }

    [Fact]
    public async Task What_is_not_asked_for_is_said_where_the_servers_default_is_another()
    {
        ServeContainer("web-1", "1i1");
        ServeLines("1i1");

        (await RunAsync("logs", "web-1")).ShouldBe(ExitCode.Done, Error);

        Asked("POST").Single().Body!.ToJsonString().ShouldBe("""{"follow":false,"timestamps":false}""");
    }

    [Fact]
    public async Task The_lines_of_a_services_containers_bear_their_names()
    {
        ServeNothing();
        var link = $"{Api.Url.ToString().TrimEnd('/')}/v2-beta/projects/1a5/services/1s1/instances";
        Serve("services", new JsonObject { ["id"] = "1s1", ["type"] = "service", ["name"] = "web", ["links"] = new JsonObject { ["instances"] = link } });
        Api.On("GET /v2-beta/projects/1a5/services/1s1/instances", Drover.Client.Tests.FakeApi.List(ContainerNamed("app-web-1", "1i1"), ContainerNamed("app-web-10", "1i10")));
        ServeLines("1i1", "01 hello\n");
        ServeLines("1i10", "01 world\n");

        (await RunAsync("logs", "web")).ShouldBe(ExitCode.Done, Error);

        Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(["app-web-1  | hello", "app-web-10 | world"]);
    }

    [Fact]
    public async Task A_stream_that_is_cut_off_is_told_and_fails()
    {
        ServeContainer("web-1", "1i1");
        Api.On("POST /v2-beta/projects/1a5/containers/1i1/", Api.Access("/v1/logs/1i1", "t"));
        Api.OnStream("/v1/logs/1i1", socket => socket.CloseOutputAsync(WebSocketCloseStatus.InternalServerError, "The Docker Engine went away", CancellationToken.None));

        (await RunAsync("logs", "web-1")).ShouldBe(ExitCode.Failed);

        Error.ShouldContain("The Docker Engine went away");
    }

    [Fact]
    public async Task A_command_gets_what_is_piped_in_and_its_exit_code_becomes_ours()
    {
        ServeContainer("web-1", "1i1");
        Typed = "a line\n";
        var heard = ServeCommand("1i1", "exit 7", echo: true);

        (await RunAsync("exec", "web-1", "--", "cat", "-n")).ShouldBe(7, Error);

        Encoding.UTF8.GetString(Bytes.ToArray()).ShouldBe("a line\n");
        heard.ShouldBe([":endInput:"]);
        Asked("POST").Single().Body!.ToJsonString().ShouldBe("""{"command":["cat","-n"],"tty":false}""");
    }

    [Fact]
    public async Task With_a_terminal_the_command_has_one_of_the_same_size()
    {
        ServeContainer("web-1", "1i1");
        var terminal = new FakeTerminal();
        Terminal = terminal;
        var heard = ServeCommand("1i1", "exit 0", echo: false);

        (await RunAsync("exec", "web-1", "--", "sh")).ShouldBe(0, Error);

        heard.ShouldContain(":resizeTTY:120,30");
        Asked("POST").Single().Body!.ToJsonString().ShouldBe("""{"command":["sh"]}""");
        terminal.Changes.ShouldBe(["raw", "restored"]);
    }

    [Fact]
    public async Task Without_a_command_nothing_is_asked_of_the_server()
    {
        (await RunAsync("exec", "web-1")).ShouldNotBe(0);

        Api.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_container_that_does_not_run_is_told_of()
    {
        ServeContainer("web-1", "1i1");
        Api.On("POST /v2-beta/projects/1a5/containers/1i1/", Api.Access("/v1/exec/1i1", "t"));
        Api.AllowsSubscriptions = false;
        Api.On("GET /v1/exec/1i1", new JsonObject(), 409);

        (await RunAsync("exec", "web-1", "--", "true")).ShouldBe(ExitCode.Failed);

        Error.ShouldContain("the container does not run");
    }

    private static JsonObject ContainerNamed(string name, string id) => new() { ["id"] = id, ["type"] = "container", ["name"] = name, ["state"] = "running" };

    private void ServeContainer(string name, string id)
    {
        ServeNothing();
        Serve("containers", ContainerNamed(name, id));
    }

    private void ServeLines(string id, params string[] frames)
    {
        Api.On($"POST /v2-beta/projects/1a5/containers/{id}/", Api.Access($"/v1/logs/{id}", $"token-{id}"));
        Api.OnStream($"/v1/logs/{id}", async socket =>
        {
            foreach (var frame in frames) await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
    }

    /// <summary>Serves a command until its input ends or, without echo, until it knows a size; returns the text frames that it hears.</summary>
    private List<string> ServeCommand(string id, string ending, bool echo)
    {
        var heard = new List<string>();
        Api.On($"POST /v2-beta/projects/1a5/containers/{id}/", Api.Access($"/v1/exec/{id}", $"token-{id}"));
        Api.OnStream($"/v1/exec/{id}", async socket =>
        {
            socket.SubProtocol.ShouldBe("binary");
            var buffer = new byte[1024];
            while (heard.Count == 0)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Text) heard.Add(Encoding.UTF8.GetString(buffer, 0, got.Count));
                else if (echo) await socket.SendAsync(buffer.AsMemory(0, got.Count), WebSocketMessageType.Binary, true, CancellationToken.None);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, ending, CancellationToken.None);
        });
        return heard;
    }

    private sealed class FakeTerminal : ITerminal
    {
        public List<string> Changes { get; } = [];

        public (int Columns, int Rows)? Size => (120, 30);

        public IDisposable OnResize(Action changed) => new Done(() => { });

        public IDisposable Raw()
        {
            Changes.Add("raw");
            return new Done(() => Changes.Add("restored"));
        }

        private sealed class Done(Action act) : IDisposable
        {
            public void Dispose() => act();
        }
    }
}
