using System.Text.Json.Nodes;
using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

public sealed class UpVerbTests : VerbTest
{
    private const string Docker = "web:\n  image: nginx:1\n";

    [Fact]
    public async Task A_new_stack_is_created_from_the_folder_and_followed_until_it_runs()
    {
        ServeNothing();
        await File.WriteAllTextAsync(Path.Combine(Folder, "docker-compose.yml"), Docker, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "answers.txt"), "A=1\n", TestContext.Current.CancellationToken);
        Api.On("POST /v2-beta/projects/1a5/stacks", Stack("activating", "yes"), 201);
        var looks = 0;
        Api.On("GET /v2-beta/projects/1a5/stacks/1st1", _ => new FakeApi.Answer(200, ++looks < 3 ? Stack("activating", "yes") : Stack("active")));
        Serve("services", Object("""{"id":"1s1","name":"web","stackId":"1st1","state":"active","transitioning":"no","healthState":"healthy","scale":1,"launchConfig":{}}"""));

        (await RunAsync("up", "--stack", "shop")).ShouldBe(ExitCode.Done, Error);
        Asked("POST").Single().Body!.ToJsonString().ShouldBe(
            """{"dockerCompose":"web:\n  image: nginx:1\n","environment":{"A":"1"},"startOnCreate":true,"name":"shop"}""");
        Error.ShouldContain("shop/web: active 0/1");
        Out.ShouldBe("stack shop (1st1) is active\n");
    }

    [Fact]
    public async Task The_same_files_again_only_start_what_rests()
    {
        await WriteComposeAsync();
        ServeNothing();
        Serve("stacks", Stack("active"));
        Api.On("POST /v2-beta/projects/1a5/stacks/1st1/", Stack("active"));
        (await RunAsync("up", "-s", "shop")).ShouldBe(ExitCode.Done, Error);
        Asked("POST").Single().Query.ShouldBe("?action=activateservices");
    }

    [Theory]
    [InlineData("--confirm-upgrade", "finishupgrade")]
    [InlineData("-r", "rollback")]
    public async Task An_upgrade_is_finished_or_rolled_back_without_any_file(string option, string action)
    {
        ServeNothing();
        var stack = Stack("upgraded");
        stack["actions"] = new JsonObject { [action] = $"{Api.Url}v2-beta/projects/1a5/stacks/1st1/?action={action}" };
        Serve("stacks", stack);
        Api.On("POST /v2-beta/projects/1a5/stacks/1st1/", Stack("active"));
        (await RunAsync("up", "-s", "shop", option, "--detach")).ShouldBe(ExitCode.Done, Error);
        Asked("POST").Single().Query.ShouldBe($"?action={action}");
    }

    [Fact]
    public async Task Without_an_upgrade_there_is_nothing_to_finish()
    {
        ServeNothing();
        Serve("stacks", Stack("active"));
        (await RunAsync("up", "-s", "shop", "-c")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("stack shop is active: there is no upgrade to finish");
        (await RunAsync("up", "-s", "shop", "-c", "-r")).ShouldBe(ExitCode.Usage);
    }

    [Fact]
    public async Task A_stack_that_cannot_be_upgraded_now_is_refused_with_a_way_out()
    {
        await WriteComposeAsync("web:\n  image: nginx:2\n");
        ServeNothing();
        var stack = Stack("removing", "yes");
        stack["actions"] = new JsonObject();
        Serve("stacks", stack);
        (await RunAsync("up", "-s", "shop")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("drover rm shop");
        Asked("POST").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stack_that_fails_for_good_ends_the_waiting()
    {
        await WriteComposeAsync();
        ServeNothing();
        Api.On("POST /v2-beta/projects/1a5/stacks", Stack("activating", "yes"), 201);
        var failed = Stack("error", "error");
        failed["transitioningMessage"] = "no such thing";
        Api.On("GET /v2-beta/projects/1a5/stacks/1st1", failed);
        (await RunAsync("up", "-s", "shop")).ShouldBe(ExitCode.Failed);
        Error.ShouldContain("drover: stack shop is error: no such thing");
    }

    [Fact]
    public async Task Too_long_a_wait_ends_with_what_is_still_open()
    {
        await WriteComposeAsync();
        ServeNothing();
        Api.On("POST /v2-beta/projects/1a5/stacks", Stack("activating", "yes"), 201);
        Api.On("GET /v2-beta/projects/1a5/stacks/1st1", Stack("activating", "yes"));
        Serve("services", Object("""
            {"id":"1s1","name":"web","stackId":"1st1","state":"activating","transitioning":"yes","scale":1,"launchConfig":{},
             "drover":{"why":"no host","since":"2026-01-01T00:00:00Z","nextTry":null}}
            """));
        (await RunAsync("up", "-s", "shop", "--timeout", "0.3")).ShouldBe(ExitCode.TimedOut);
        Error.ShouldContain("web is activating (no host");
    }

    [Fact]
    public async Task A_mistake_in_a_file_is_told_before_anything_is_asked()
    {
        await WriteComposeAsync("web:\n  image: [\n");
        (await RunAsync("up", "-s", "shop")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("docker-compose.yml line");
        Asked("POST").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_told_with_its_field()
    {
        await WriteComposeAsync();
        ServeNothing();
        Api.On("POST /v2-beta/projects/1a5/stacks", Object("""{"type":"error","status":422,"code":"NotUnique","fieldName":"name"}"""), 422);
        (await RunAsync("up", "-s", "shop")).ShouldBe(ExitCode.Failed);
        Error.ShouldContain("drover: name: NotUnique [422]");
    }

    private static JsonObject Stack(string state, string transitioning = "no") => new()
    {
        ["id"] = "1st1",
        ["type"] = "stack",
        ["name"] = "shop",
        ["state"] = state,
        ["transitioning"] = transitioning,
        ["dockerCompose"] = Docker,
        ["actions"] = new JsonObject { ["upgrade"] = "u", ["activateservices"] = "a" },
    };

    private Task WriteComposeAsync(string text = Docker) =>
        File.WriteAllTextAsync(Path.Combine(Folder, "docker-compose.yml"), text, TestContext.Current.CancellationToken);
}
