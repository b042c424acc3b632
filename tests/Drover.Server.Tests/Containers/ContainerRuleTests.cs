using System.Text.Json;
using Drover.Model.Containers;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Containers;

public sealed class ContainerRuleTests : ApiTest
{
    [Fact]
    public async Task A_container_needs_an_image()
    {
        var reply = await Api.PostAsync(Api.Project + "/containers", new { name = "c" });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "MissingRequired", "imageUuid"));
    }

    [Fact]
    public async Task Count_makes_several_and_the_answer_is_a_collection()
    {
        var reply = await Api.PostAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox", count = 3 });

        reply.Status.ShouldBe(201, reply.Text);
        reply.Data.Select(c => c.GetProperty("name").GetString()).ShouldBe(["c-1", "c-2", "c-3"]);
        reply.Data.Select(c => c.GetProperty("uuid").GetString()).ShouldBeUnique();
    }

    [Fact]
    public async Task One_that_is_not_to_start_rests_stopped_without_a_host()
    {
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox", startOnCreate = false });
        container.GetProperty("state").GetString().ShouldBe("creating");

        var stopped = await Api.UntilAsync(Self(container), "stopped");

        stopped.GetProperty("hostId").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Api.PostAsync(Self(container) + "?action=start")).Json.GetProperty("state").GetString().ShouldBe("starting");
    }

    [Fact]
    public async Task A_running_one_is_stopped_then_removed_by_one_delete()
    {
        await using var hosts = new SimulatedHosts(Api);
        var host = await hosts.JoinAsync("one");
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox" }, "running");

        (await Api.DeleteAsync(Self(container))).Json.GetProperty("state").GetString().ShouldBe("stopping");

        await GoneAsync();
        host.Runtime.Containers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stop_with_remove_removes_it()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox" }, "running");

        (await Api.PostAsync(Self(container) + "?action=stop", new { remove = true, timeout = 1 })).Status.ShouldBe(202);

        await GoneAsync();
    }

    [Fact]
    public async Task An_image_that_no_registry_has_is_told_in_the_engines_words_and_tried_again()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one", SimulatedHosts.Quick.With("nonsense", new Simulator.Hosts.ImageBehaviour { Missing = true, PullTime = TimeSpan.Zero }));

        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:nonsense" });

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestWorld.Deadline);
        while (Api.Store.Current.Find<Container>(1)!.Seen is not { Failed: true, Why.NextTry: not null }) await Task.Delay(10, deadline.Token);
        var failed = (await Api.GetAsync(Self(container) + "?_drover=1")).Json;
        failed.GetProperty("transitioningMessage").GetString()!.ShouldContain("nonsense");
        failed.GetProperty("drover").GetProperty("nextTry").ValueKind.ShouldNotBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Its_volumes_and_endpoints_show_where_they_are()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox", ports = new[] { "8081:80/tcp" }, dataVolumes = new[] { "data:/d:ro" } }, "running");

        var mount = container.GetProperty("mounts").EnumerateArray().Single();
        mount.GetProperty("volumeName").GetString().ShouldBe("data");
        mount.GetProperty("path").GetString().ShouldBe("/d");
        var endpoint = (await Api.GetAsync(Api.Project + "/hosts")).Data.Single().GetProperty("publicEndpoints").EnumerateArray().Single();
        endpoint.GetProperty("port").GetInt64().ShouldBe(8081);
        endpoint.GetProperty("instanceId").GetString().ShouldBe(container.GetProperty("id").GetString());
    }

    private async Task GoneAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestWorld.Deadline);
        while (Api.Store.Current.Count("instance") > 0) await Task.Delay(10, deadline.Token);
    }

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;
}
