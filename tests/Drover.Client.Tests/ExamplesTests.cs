using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Drover.Model.Stacks;

namespace Drover.Client.Tests;

/// <summary>docs/sdk.md says what is compiled and works.</summary>
public sealed partial class ExamplesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_example_of_the_page_is_compiled()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Drover.slnx"))) root = root.Parent!;
        var compiled = Flat(File.ReadAllText(Path.Combine(root.FullName, "tests", "Drover.Client.Tests", "Examples.cs")));
        var examples = Block().Matches(File.ReadAllText(Path.Combine(root.FullName, "docs", "sdk.md"))).Select(match => match.Groups[1].Value).ToList();
        examples.Count.ShouldBeGreaterThan(6);
        examples.ShouldAllBe(example => compiled.Contains(Flat(example), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_examples_run()
    {
        await using var server = await RealServer.StartAsync();
        await server.JoinHostAsync();
        (await Examples.ConnectAsync(server.Url, null, null)).ShouldBe("1a5");
        (await Examples.ReadSettingsAsync(server.Client)).ShouldBe(0);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var following = Examples.FollowAsync(server.Environment, enough.Token);
        var web = await Examples.StartAsync(server.Environment);
        await Examples.ScaleAsync(server.Environment, web);
        (await Examples.ExportAsync(server.Environment))!.ShouldContain("MODE: demo");
        (await Examples.RefusedAsync(server.Environment)).ShouldBe("name");
        (await Examples.LateAsync(server.Environment, web)).ShouldBe("active");
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
    }

    [Fact]
    public async Task Signing_in_uses_the_session_until_it_is_ended()
    {
        await using var api = await FakeApi.StartAsync();
        api.On("POST /v2-beta/tokens", new JsonObject { ["type"] = "token", ["id"] = null, ["jwt"] = "abc" }, 201);
        api.On("GET /v2-beta/projects", FakeApi.List());
        api.On("DELETE /v2-beta/tokens/current", _ => new FakeApi.Answer(204, null));
        await Examples.SignInAsync(api.Url, "secret:word");
        api.Requests.Select(asked => (asked.Path, asked.Authorization)).ShouldBe(
            [("/v2-beta/tokens", null), ("/v2-beta/projects", "Bearer abc"), ("/v2-beta/tokens/current", "Bearer abc")]);
        api.Requests[0].Body!.ToJsonString().ShouldBe("""{"code":"ada:secret:word"}""");
    }

    [Fact]
    public async Task A_session_opens_streams_too_and_does_not_show_when_options_are_printed()
    {
        await using var api = await FakeApi.StartAsync();
        var options = new ClientOptions { Url = api.Url, SessionKey = "abc" };
        using var client = new DroverClient(options);
        var reading = client.Environment("1a5").ChangesAsync(Token).ToListAsync(Token).AsTask();
        await using (var signal = client.Environment("1a5").Listen())
            while (api.Subscribers < 2) await signal.NextAsync(TimeSpan.FromMilliseconds(20), Token);
        api.HangUp();
        await reading;
        api.Requests.ShouldAllBe(asked => asked.Authorization == "Bearer abc");
        options.ToString().ShouldNotContain("abc");
        client.Set<Stack>().ShouldNotBeNull();
    }

    private static string Flat(string code) => Spaces().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
