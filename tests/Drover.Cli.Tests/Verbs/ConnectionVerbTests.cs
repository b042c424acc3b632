using Drover.Client.Tests;

namespace Drover.Cli.Tests.Verbs;

public sealed class ConnectionVerbTests : VerbTest
{
    [Fact]
    public async Task A_login_is_tried_and_then_kept_for_the_other_verbs()
    {
        ServeNothing();
        Typed = "key\nsecret\n";
        (await RunAsync("login", Api.Url.ToString())).ShouldBe(ExitCode.Done, Error);
        Variables.Remove("DROVER_URL");
        (await RunAsync("ps")).ShouldBe(ExitCode.Done, Error);
        Api.Requests[^1].Authorization.ShouldBe("Basic a2V5OnNlY3JldA==");
        (Out + Error).ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_login_that_is_refused_keeps_nothing()
    {
        Api.On("GET /v2-beta/projects", Object("""{"code":"Unauthorized","status":401}"""), 401);
        Typed = "key\nwrong\n";
        (await RunAsync("login", Api.Url.ToString())).ShouldBe(ExitCode.NoServer);
        Error.ShouldContain("the server wants an API key");
        Directory.Exists(Path.Combine(Folder, ".config")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_is_not_there_has_an_exit_code_of_its_own()
    {
        await Api.DisposeAsync();
        (await RunAsync("ps")).ShouldBe(ExitCode.NoServer);
        Error.ShouldStartWith("drover: the server is not reached:");
    }

    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("ftp://h")]
    public async Task An_address_that_is_none_is_explained(string url)
    {
        (await RunAsync("ps", "--url", url)).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("it begins with http://");
    }

    [Fact]
    public async Task Half_a_key_is_refused()
    {
        Variables["DROVER_ACCESS_KEY"] = "key";
        (await RunAsync("ps")).ShouldBe(ExitCode.Usage);
        Error.ShouldContain("two halves");
    }

    [Fact]
    public async Task An_answer_that_is_no_json_asks_whether_this_is_the_server()
    {
        Api.On("GET /v2-beta/projects", _ => new FakeApi.Answer(200, null));
        (await RunAsync("ps")).ShouldBe(ExitCode.Failed);
        Error.ShouldContain("is this the address of a Drover server?");
    }

    [Fact]
    public async Task An_unknown_verb_is_refused() => (await RunAsync("dance")).ShouldNotBe(ExitCode.Done);
}
