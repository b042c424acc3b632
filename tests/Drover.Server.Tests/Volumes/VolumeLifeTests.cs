using System.Text.Json;
using Drover.Server.Tests.Api;
using Drover.Server.Volumes;

namespace Drover.Server.Tests.Volumes;

public sealed class VolumeLifeTests : ApiTest
{
    [Theory]
    [InlineData("data:/var/lib/data", "data", "/var/lib/data", null)]
    [InlineData("data:/d:ro", "data", "/d", "ro")]
    public void A_named_volume_is_read(string text, string name, string path, string? mode)
        => VolumeMount.Parse(text).ShouldBe(new VolumeMount(name, path, mode));

    [Theory]
    [InlineData("/etc:/etc")]
    [InlineData("/anonymous")]
    [InlineData("./here:/there")]
    [InlineData("name")]
    [InlineData("a:b")]
    public void Paths_and_anonymous_ones_are_none(string text) => VolumeMount.Parse(text).ShouldBeNull();

    [Fact]
    public async Task A_new_volume_rests_until_a_container_needs_it_then_lives_on_that_host()
    {
        await using var hosts = new SimulatedHosts(Api);
        var host = await hosts.JoinAsync("one");
        var volume = await Api.CreateAsync(Api.Project + "/volumes", new { name = "data", driver = "local" }, "inactive");

        await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox", dataVolumes = new[] { "data:/d" } }, "running");

        var active = await Api.UntilAsync(Self(volume), "active");
        active.GetProperty("hostId").ValueKind.ShouldBe(JsonValueKind.String);
        Api.Store.Current.Count("volume").ShouldBe(1);
        (await host.Runtime.ListVolumesAsync(TestContext.Current.CancellationToken)).Select(v => v.Name).ShouldBe(["data"]);
    }

    [Fact]
    public async Task A_volume_outlives_its_container_and_goes_when_it_is_removed()
    {
        await using var hosts = new SimulatedHosts(Api);
        var host = await hosts.JoinAsync("one");
        var container = await Api.CreateAsync(Api.Project + "/containers", new { name = "c", imageUuid = "docker:busybox", dataVolumes = new[] { "data:/d" } }, "running");
        await Api.DeleteAsync(Self(container));
        await UntilAsync(() => Api.Store.Current.Count("instance") == 0);
        (await host.Runtime.ListVolumesAsync(TestContext.Current.CancellationToken)).Length.ShouldBe(1);
        var volume = (await Api.GetAsync(Api.Project + "/volumes")).Data.Single();

        (await Api.DeleteAsync(Self(volume))).Json.GetProperty("state").GetString().ShouldBe("deactivating");

        await UntilAsync(() => Api.Store.Current.Count("volume") == 0);
        (await host.Runtime.ListVolumesAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{\"name\":\"a\"}", "MissingRequired", null)]
    [InlineData("{\"driver\":\"local\"}", "MissingRequired", "name")]
    [InlineData("{\"driver\":\"local\",\"name\":\"-a\"}", "InvalidCharacters", "name")]
    [InlineData("{\"driver\":\"local\",\"name\":\"a/b\"}", "InvalidCharacters", "name")]
    [InlineData("{\"driver\":\"local\",\"name\":\"a\",\"sizeMb\":5}", "InvalidOption", "sizeMb")]
    public async Task A_volume_needs_a_driver_and_a_name_that_the_engine_takes(string body, string code, string? field)
    {
        var reply = await Api.PostAsync(Api.Project + "/volumes", body);

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, code, field));
    }

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TestWorld.Deadline);
        while (!holds()) await Task.Delay(10, deadline.Token);
    }
}
