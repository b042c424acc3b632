using System.Text.Json.Nodes;
using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

public sealed class ListVerbTests : VerbTest
{
    [Fact]
    public async Task Services_are_listed_with_scale_endpoints_and_what_they_wait_for()
    {
        ServeNothing();
        Serve("stacks", Object("""{"id":"1st1","type":"stack","name":"shop"}"""));
        Serve("services",
            Object("""
            {"id":"1s2","name":"web","stackId":"1st1","state":"active","transitioning":"no","healthState":"healthy","scale":2,"currentScale":2,
             "launchConfig":{"imageUuid":"docker:nginx:1"},"publicEndpoints":[{"ipAddress":"10.0.0.1","port":80},{"ipAddress":"10.0.0.1","port":80}]}
            """),
            Object("""
            {"id":"1s1","name":"db","stackId":"1st1","state":"activating","transitioning":"yes","transitioningMessage":"In Progress","scale":3,"currentScale":1,
             "launchConfig":{"imageUuid":"docker:redis"},"drover":{"why":"no host has memory left","since":"2026-01-01T00:00:00Z","nextTry":null}}
            """));
        (await RunAsync("ps")).ShouldBe(ExitCode.Done, Error);
        var lines = Out.Split('\n');
        lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["ID", "NAME", "IMAGE", "STATE", "SCALE", "ENDPOINTS", "DETAIL"]);
        lines[1].ShouldMatch(@"^1s1 +shop/db +redis +activating +1/3 +no host has memory left \(for \d+d\)$");
        lines[2].ShouldMatch("^1s2 +shop/web +nginx:1 +active +2 +10.0.0.1:80$");
    }

    [Fact]
    public async Task Containers_are_listed_with_host_and_address()
    {
        ServeNothing();
        Serve("hosts", Object("""{"id":"1h1","type":"host","hostname":"alpha"}"""));
        Serve("containers", Object("""
            {"id":"1i1","name":"shop-web-1","state":"running","transitioning":"no","healthState":"unhealthy","hostId":"1h1","primaryIpAddress":"10.42.0.7","imageUuid":"docker:nginx:1"}
            """));
        (await RunAsync("ps", "-c")).ShouldBe(ExitCode.Done, Error);
        Out.Split('\n')[1].ShouldMatch("^1i1 +shop-web-1 +nginx:1 +running, unhealthy +alpha +10.42.0.7$");
    }

    [Fact]
    public async Task What_ran_once_and_is_done_says_so()
    {
        const string Once = """ "labels":{"io.rancher.container.start_once":"true"} """;
        ServeNothing();
        Serve("services", Object("""{"id":"1s1","name":"job","state":"active","transitioning":"no","healthState":"started-once","scale":1,"currentScale":1}"""));
        Serve("containers",
            Object($$"""{"id":"1i1","name":"a-job-1","state":"stopped","transitioning":"no","startCount":1,{{Once}}}"""),
            Object($$"""{"id":"1i2","name":"b-job-1","state":"running","transitioning":"no","startCount":1,{{Once}}}"""),
            Object($$"""{"id":"1i3","name":"c-job-1","state":"stopped","transitioning":"no",{{Once}}}"""),
            Object("""{"id":"1i4","name":"d-web-1","state":"stopped","transitioning":"no","startCount":1}"""));
        await RunAsync("ps");
        await RunAsync("ps", "-c");
        Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2])
            .ShouldBe(["IMAGE", "started-once", "IMAGE", "started-once", "running", "stopped", "stopped"]);
    }

    [Fact]
    public async Task Json_is_what_the_api_said_and_quiet_is_ids()
    {
        ServeNothing();
        Serve("services", Object("""{"id":"1s1","name":"web","custom":{"x":1}}"""));
        (await RunAsync("ps", "--format", "json")).ShouldBe(ExitCode.Done, Error);
        JsonNode.Parse(Out)![0]!["custom"]!["x"]!.GetValue<int>().ShouldBe(1);
        await RunAsync("ps", "-q");
        Out.ShouldEndWith("]\n1s1\n");
    }

    [Fact]
    public async Task An_unknown_stack_is_an_error()
    {
        ServeNothing();
        (await RunAsync("ps", "none")).ShouldBe(ExitCode.Usage);
        Error.ShouldBe("drover: there is no stack none in Default\n");
    }

    [Fact]
    public async Task Names_from_the_server_cannot_play_with_the_terminal()
    {
        ServeNothing();
        Serve("services", Object("""{"id":"1s1","name":"we\u001b[2Jb","state":"active"}"""));
        await RunAsync("ps");
        Out.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task The_log_of_a_service_is_shown_oldest_first()
    {
        ServeNothing();
        Serve("services", Object("""{"id":"1s1","type":"service","name":"web"}"""));
        Api.On("GET /v2-beta/projects/1a5/servicelogs", asked =>
        {
            asked.Query.ShouldContain("serviceId=1s1");
            return new FakeApi.Answer(200, FakeApi.List(
                Object("""{"id":"1sl2","serviceId":"1s1","eventType":"service.trigger.info","level":"info","description":"done","created":"2026-01-01T00:00:02Z"}"""),
                Object("""{"id":"1sl1","serviceId":"1s1","eventType":"service.trigger","level":"info","description":null,"created":"2026-01-01T00:00:01Z"}""")));
        });
        (await RunAsync("logs", "web")).ShouldBe(ExitCode.Done, Error);
        Out.ShouldBe("2026-01-01 00:00:01 web info service.trigger\n2026-01-01 00:00:02 web info service.trigger.info: done\n");
    }

    [Fact]
    public async Task The_output_of_a_container_is_honestly_not_there()
    {
        ServeNothing();
        Serve("containers", Object("""{"id":"1i1","type":"container","name":"web-1","externalId":"abc"}"""));
        (await RunAsync("logs", "web-1")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("docker logs abc");
    }

    [Fact]
    public async Task Export_writes_both_files_and_writes_over_nothing()
    {
        ServeNothing();
        Serve("stacks", Object("""{"id":"1st1","type":"stack","name":"../shop"}"""));
        Api.On("POST /v2-beta/projects/1a5/stacks/1st1/", Object("""{"dockerComposeConfig":"web: 1\n","rancherComposeConfig":"web: 2\n"}"""));
        (await RunAsync("export", "1st1")).ShouldBe(ExitCode.Done, Error);
        (await File.ReadAllTextAsync(Path.Combine(Folder, "shop", "rancher-compose.yml"), TestContext.Current.CancellationToken)).ShouldBe("web: 2\n");
        (await RunAsync("export", "1st1")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("--force");
        (await RunAsync("export", "1st1", "-o", "-")).ShouldBe(ExitCode.Done, Error);
        Out.ShouldEndWith("# docker-compose.yml\nweb: 1\n# rancher-compose.yml\nweb: 2\n");
    }

    [Fact]
    public async Task The_command_for_a_new_host_is_the_server_s_own()
    {
        ServeNothing();
        Api.On("POST /v2-beta/projects/1a5/registrationtokens", Object("""{"id":"1c1","type":"registrationToken","state":"registering"}"""), 201);
        Api.On("GET /v2-beta/projects/1a5/registrationtokens/1c1", Object("""{"id":"1c1","state":"active","command":"sudo docker run drover/agent http://h/v1/scripts/t"}"""));
        (await RunAsync("hosts", "add")).ShouldBe(ExitCode.Done, Error);
        Out.ShouldBe("sudo docker run drover/agent http://h/v1/scripts/t\n");
    }

    [Theory]
    [InlineData("http://10.0.0.1:8080", true, "")]
    [InlineData("http://10.0.0.1:8080", false, "does not hand out the agent's image")]
    [InlineData("http://127.0.0.1:8080", true, "set the setting api.host")]
    public async Task What_keeps_the_command_from_working_elsewhere_is_said(string server, bool handsOut, string said)
    {
        ServeNothing();
        var token = Object("""{"id":"1c1","state":"active"}""");
        token["command"] = (handsOut ? $"curl {server}/v1/agent/download/drover-agent.tar.gz; " : "") + $"docker run drover/agent {server}/v1/scripts/t";
        Serve("registrationtokens", token);
        (await RunAsync("hosts", "add")).ShouldBe(ExitCode.Done, Error);
        Out.ShouldBe(token["command"]!.GetValue<string>() + "\n");
        if (said.Length > 0) Error.ShouldContain(said);
        else Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Hosts_are_listed_with_their_agents_state()
    {
        ServeNothing();
        Serve("hosts", Object("""{"id":"1h1","type":"host","hostname":"alpha","state":"active","agentState":"reconnecting","agentIpAddress":"10.0.0.1","instanceIds":["1i1"]}"""));
        (await RunAsync("hosts")).ShouldBe(ExitCode.Done, Error);
        Out.Split('\n')[1].ShouldMatch("^1h1 +alpha +reconnecting +10.0.0.1 +1$");
    }
}
