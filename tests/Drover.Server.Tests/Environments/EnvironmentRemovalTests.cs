using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Environments;

public sealed class EnvironmentRemovalTests : ApiTest
{
    [Fact]
    public async Task A_removed_environment_takes_everything_of_its_own_along_and_leaves_the_others_alone()
    {
        var project = await Api.CreateAsync("/projects", new { name = "second" }, "active");
        var scope = $"{Api.Root}/projects/{project.GetProperty("id").GetString()}";
        var stack = await Api.CreateAsync(scope + "/stacks", new { name = "app" }, "active");
        await Api.CreateAsync(scope + "/services", new { name = "web", stackId = stack.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:a" }, startOnCreate = true });
        await Api.CreateAsync(scope + "/containers", new { name = "alone", imageUuid = "docker:a" });
        await Api.CreateAsync(scope + "/apikeys", new { }, "active");
        await Api.CreateAsync(Api.Project + "/stacks", new { name = "mine" }, "active");
        ResourceId.TryParse(project.GetProperty("id").GetString(), out var id).ShouldBeTrue();
        await Api.Store.WriteAsync(tx => tx.Create(new Host { AccountId = id }, new HostSeen { State = "inactive", Generation = 1 }), TestContext.Current.CancellationToken);

        (await Api.DeleteAsync(Self(project))).Json.GetProperty("state").GetString().ShouldBe("deactivating");

        await Api.UntilAsync(Self(project), "removed");
        foreach (var kind in Catalog.All.Kinds.Where(k => k is { IsBase: false, Declared.IsView: false, Declared.IsHistory: false }))
            Api.Store.Current.By(kind, "accountId", id).ShouldBeEmpty(kind.Name);
        (await Api.GetAsync(Api.Project + "/stacks")).Data.ShouldHaveSingleItem();
        (await Api.GetAsync(scope + "/stacks")).Status.ShouldBe(403);
        (await Api.GetAsync("/projects?all=true")).Data.ShouldHaveSingleItem();
    }

    private static string Self(System.Text.Json.JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;
}
