using System.Text.Json;
using Drover.Server.Tests.Api;
using Drover.Simulator.Hosts;

namespace Drover.Server.Tests.Pulls;

public sealed class PullTaskTests : ApiTest
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_host_of_the_environment_pulls_the_image()
    {
        await using var hosts = new SimulatedHosts(Api);
        var (one, two) = (await hosts.JoinAsync("one"), await hosts.JoinAsync("two"));

        var task = await EndAsync(new { image = "nginx:1", mode = "all" });

        task.GetProperty("state").GetString().ShouldBe("active");
        task.GetProperty("transitioning").GetString().ShouldBe("no");
        StatusOf(task).ShouldBe(new() { ["one"] = "Done", ["two"] = "Done" });
        foreach (var host in new[] { one, two }) (await host.Runtime.HasImageAsync("nginx:1", Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_host_that_refuses_is_named_with_its_engines_words_beside_those_that_did_it()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        await hosts.JoinAsync("two", SimulatedHosts.Quick.With("gone:1", new ImageBehaviour { PullTime = TimeSpan.Zero, Missing = true }));

        var task = await EndAsync(new { image = "docker:gone:1", mode = "all" });

        task.GetProperty("transitioning").GetString().ShouldBe("error");
        task.GetProperty("transitioningMessage").GetString().ShouldBe("two: manifest for gone:1 not found");
        StatusOf(task).ShouldBe(new() { ["one"] = "Done", ["two"] = "manifest for gone:1 not found" });
    }

    [Fact]
    public async Task In_mode_cached_only_hosts_that_have_the_image_pull_it()
    {
        var pulled = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var hosts = new SimulatedHosts(Api);
        var (one, two) = (await hosts.JoinAsync("one"), await hosts.JoinAsync("two"));
        await one.Runtime.PullAsync("nginx:1", null, new Progress<string>(), Cancel);
        one.Runtime.OnCall = (word, image) => pulled.Add($"one {word} {image}");
        two.Runtime.OnCall = (word, image) => pulled.Add($"two {word} {image}");

        var task = await EndAsync(new { image = "nginx:1", mode = "cached" });

        StatusOf(task).ShouldBe(new() { ["one"] = "Done", ["two"] = "Done" });
        pulled.ShouldBe(["one pull nginx:1"]);
    }

    [Fact]
    public async Task Labels_choose_hosts_as_those_of_a_service_do()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        await hosts.JoinAsync("two");
        var one = (await Api.GetAsync(Api.Project + "/hosts")).Data.Single(host => host.GetProperty("hostname").GetString() == "one");
        await Api.PutAsync(one.GetProperty("links").GetProperty("self").GetString()!, new { labels = new { tier = "web" } });

        var rules = new Dictionary<string, string> { ["io.rancher.scheduler.affinity:host_label"] = "tier=web", ["other"] = "label" };
        var task = await EndAsync(new { image = "nginx:1", mode = "all", labels = rules });

        StatusOf(task).ShouldBe(new() { ["one"] = "Done" });
    }

    [Fact]
    public async Task A_private_registry_gets_the_credentials_of_the_environment()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one", SimulatedHosts.Quick.With("registry.example.com/web:1", new ImageBehaviour { PullTime = TimeSpan.Zero, Password = "hush" }));
        (await EndAsync(new { image = "registry.example.com/web:1", mode = "all" })).GetProperty("transitioningMessage").GetString().ShouldBe("one: pull access denied for registry.example.com/web:1");
        var registry = await Api.CreateAsync(Api.Project + "/registries", new { serverAddress = "registry.example.com" }, "active");
        await Api.CreateAsync(Api.Project + "/registrycredentials", new { registryId = registry.GetProperty("id").GetString(), publicValue = "me", secretValue = "hush" }, "active");

        var task = await EndAsync(new { image = "registry.example.com/web:1", mode = "all" });

        StatusOf(task).ShouldBe(new() { ["one"] = "Done" });
        task.GetRawText().ShouldNotContain("hush");
    }

    [Fact]
    public async Task Who_waits_sees_that_hosts_pull_and_a_host_that_is_removed_meanwhile_is_not_waited_for()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one", SimulatedHosts.Quick.With("slow:1", new ImageBehaviour { PullTime = TimeSpan.FromHours(1) }));
        await hosts.JoinAsync("two");
        var made = await Api.CreateAsync(Api.Project + "/pulltasks", new { image = "slow:1", mode = "all" });
        var waiting = await Api.UntilAsync(Self(made), task => StatusOf(task).GetValueOrDefault("two") == "Done");
        waiting.GetProperty("transitioning").GetString().ShouldBe("yes");
        waiting.GetProperty("transitioningMessage").GetString().ShouldBe("Pulling slow:1 (1 of 2 hosts done)");
        StatusOf(waiting)["one"].ShouldBe("Pulling");
        var one = (await Api.GetAsync(Api.Project + "/hosts")).Data.Single(host => host.GetProperty("hostname").GetString() == "one");

        await Api.PostAsync(Self(one) + "/?action=deactivate");
        await Api.UntilAsync(Self(one), "inactive");
        await Api.DeleteAsync(Self(one));

        var ended = await Api.UntilAsync(Self(made), task => task.GetProperty("transitioning").GetString() != "yes");
        StatusOf(ended).ShouldBe(new() { ["one"] = "The host was removed", ["two"] = "Done" });
    }

    [Fact]
    public async Task Without_a_host_that_fits_nothing_is_pulled_and_nothing_fails()
    {
        var task = await EndAsync(new { image = "nginx:1", mode = "all" });

        task.GetProperty("transitioning").GetString().ShouldBe("no");
        StatusOf(task).ShouldBeEmpty();
    }

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;

    private static Dictionary<string, string?> StatusOf(JsonElement task)
        => task.GetProperty("status").ValueKind == JsonValueKind.Null ? [] : task.GetProperty("status").EnumerateObject().ToDictionary(host => host.Name, host => host.Value.GetString());

    /// <summary>Creates a task and waits until it is over.</summary>
    private async Task<JsonElement> EndAsync(object body)
        => await Api.UntilAsync(Self(await Api.CreateAsync(Api.Project + "/pulltasks", body)), task => task.GetProperty("transitioning").GetString() != "yes");
}
