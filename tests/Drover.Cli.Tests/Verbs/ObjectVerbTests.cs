using System.Text.Json.Nodes;
using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

public sealed class ObjectVerbTests : VerbTest
{
    [Fact]
    public async Task A_service_is_scaled_by_stack_and_name()
    {
        ServeShop();
        Api.On("PUT /v2-beta/projects/1a5/services/1s1", Web());
        (await RunAsync("scale", "shop/web=5")).ShouldBe(ExitCode.Done, Error);
        Asked("PUT").Single().Body!.ToJsonString().ShouldBe("""{"scale":5}""");
        Out.ShouldBe("service shop/web is active at scale 5\n");
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web=")]
    [InlineData("web=-1")]
    [InlineData("=3")]
    public async Task A_scale_that_is_none_is_refused_before_anything_is_asked(string scale)
    {
        (await RunAsync("scale", scale)).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("such as web=5");
        Asked("PUT").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_service_changes_none_of_the_others()
    {
        ServeShop();
        (await RunAsync("scale", "shop/web=5", "shop/none=1")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("there is no service shop/none");
        Asked("PUT").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("web", "services/1s1", "deactivate")]
    [InlineData("shop/web", "services/1s1", "deactivate")]
    [InlineData("1s1", "services/1s1", "deactivate")]
    [InlineData("shop", "stacks/1st1", "deactivateservices")]
    [InlineData("web-1", "containers/1i1", "stop")]
    public async Task What_is_stopped_is_found_by_name_or_id_and_asked_in_its_own_words(string name, string at, string action)
    {
        ServeShop();
        Api.On($"POST /v2-beta/projects/1a5/{at}/", Web());
        (await RunAsync("stop", name)).ShouldBe(ExitCode.Done, Error);
        Asked("POST").Single().Path.ShouldBe($"/v2-beta/projects/1a5/{at}/");
        Asked("POST").Single().Query.ShouldBe($"?action={action}");
    }

    [Fact]
    public async Task What_rests_already_is_stopped_without_a_word_to_the_server()
    {
        ServeNothing();
        Serve("containers", Object("""{"id":"1i1","type":"container","name":"web-1","state":"stopped","transitioning":"no","actions":{"start":"s"}}"""));
        (await RunAsync("stop", "web-1")).ShouldBe(ExitCode.Done, Error);
        Asked("POST").ShouldBeEmpty();
        Out.ShouldBe("container web-1 is stopped\n");
    }

    [Fact]
    public async Task What_cannot_be_started_now_is_said_with_its_state()
    {
        ServeNothing();
        Serve("containers", Object("""{"id":"1i1","type":"container","name":"web-1","state":"removing","transitioning":"yes","actions":{}}"""));
        (await RunAsync("start", "web-1")).ShouldBe(ExitCode.Failed);
        Error.ShouldContain("container web-1 is removing and cannot be started");
    }

    [Fact]
    public async Task A_name_that_two_stacks_use_is_asked_back()
    {
        ServeNothing();
        Serve("stacks", Stack("1st1", "shop"), Stack("1st2", "blog"));
        var other = Web();
        (other["id"], other["stackId"]) = ("1s2", "1st2");
        Serve("services", Web(), other);
        (await RunAsync("inspect", "web")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("service shop/web (1s1) or service blog/web (1s2)");
    }

    [Fact]
    public async Task What_is_removed_is_waited_for_until_it_is_gone()
    {
        ServeShop();
        Api.On("DELETE /v2-beta/projects/1a5/services/1s1", Web());
        var looks = 0;
        Api.On("GET /v2-beta/projects/1a5/services/1s1", _ => ++looks == 1
            ? new FakeApi.Answer(200, Web("removing", "yes"))
            : new FakeApi.Answer(404, Object("""{"code":"Not Found","status":404}""")));
        (await RunAsync("rm", "web")).ShouldBe(ExitCode.Done, Error);
        Out.ShouldBe("service shop/web is gone\n");
    }

    [Fact]
    public async Task What_must_be_stopped_first_is_stopped_only_when_asked()
    {
        ServeShop();
        var stopped = false;
        Api.On("POST /v2-beta/projects/1a5/containers/1i1/", asked =>
        {
            stopped = true;
            return new FakeApi.Answer(200, Container("stopping"));
        });
        Api.On("DELETE /v2-beta/projects/1a5/containers/1i1", _ => stopped
            ? new FakeApi.Answer(200, Container("removed"))
            : new FakeApi.Answer(405, Object("""{"code":"Method not allowed","status":405}""")));
        (await RunAsync("rm", "web-1")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("add --stop");
        Api.On("GET /v2-beta/projects/1a5/containers/1i1", _ => new FakeApi.Answer(200, Container(stopped ? "removed" : "running")));
        (await RunAsync("rm", "--stop", "web-1")).ShouldBe(ExitCode.Done, Error);
    }

    [Fact]
    public async Task Inspect_prints_what_the_api_said()
    {
        ServeShop();
        (await RunAsync("inspect", "1i1")).ShouldBe(ExitCode.Done, Error);
        JsonNode.Parse(Out)!["primaryIpAddress"]!.GetValue<string>().ShouldBe("10.42.0.7");
    }

    private void ServeShop()
    {
        ServeNothing();
        Serve("stacks", Stack("1st1", "shop"));
        Serve("services", Web());
        Serve("containers", Container("running"));
    }

    private static JsonObject Stack(string id, string name) =>
        Object($$$"""{"id":"{{{id}}}","type":"stack","name":"{{{name}}}","state":"active","transitioning":"no","actions":{"deactivateservices":"d"}}""");

    private static JsonObject Web(string state = "active", string transitioning = "no") => Object($$$"""
        {"id":"1s1","type":"service","name":"web","stackId":"1st1","state":"{{{state}}}","transitioning":"{{{transitioning}}}","scale":1,"actions":{"deactivate":"d"}}
        """);

    private static JsonObject Container(string state) => Object($$$"""
        {"id":"1i1","type":"container","name":"web-1","state":"{{{state}}}","transitioning":"no","actions":{"stop":"s"},"primaryIpAddress":"10.42.0.7"}
        """);
}
