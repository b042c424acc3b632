using Drover.Model.Stacks;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Stacks;

public sealed class StackRuleTests : ApiTest
{
    [Fact]
    public async Task A_new_stack_activates_and_is_healthy()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" });
        stack.GetProperty("state").GetString().ShouldBe("activating");

        var active = await Api.UntilAsync(stack.GetProperty("links").GetProperty("self").GetString()!, "active");

        active.GetProperty("healthState").GetString().ShouldBe("healthy");
        active.GetProperty("transitioning").GetString().ShouldBe("no");
    }

    [Theory]
    [InlineData("a b", "InvalidCharacters")]
    [InlineData("-x", "InvalidCharacters")]
    [InlineData("x-", "InvalidCharacters")]
    public async Task A_name_must_be_a_label(string name, string code)
    {
        var reply = await Api.PostAsync(Api.Project + "/stacks", new { name });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, code, "name"));
    }

    [Fact]
    public async Task A_name_is_taken_once_per_environment_and_free_again_after_removal()
    {
        var first = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" }, "active");
        (await Api.PostAsync(Api.Project + "/stacks", new { name = "SHOP" })).Code.ShouldBe("NotUnique");

        (await Api.DeleteAsync(first.GetProperty("links").GetProperty("self").GetString()!)).Status.ShouldBe(200);

        (await Api.PostAsync(Api.Project + "/stacks", new { name = "shop" })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Outputs_are_added_to_those_there_are()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" }, "active");
        var self = stack.GetProperty("links").GetProperty("self").GetString()!;

        await Api.PostAsync(self + "?action=addoutputs", new { outputs = new { url = "http://a", port = "80" } });
        await Api.PostAsync(self + "?action=addoutputs", new { outputs = new { url = "http://b" } });

        var outputs = Api.Store.Current.Get<Stack>(1)!.Outputs;
        outputs["url"].ShouldBe("http://b");
        outputs["port"].ShouldBe("80");
    }

    [Fact]
    public async Task Nothing_new_goes_into_a_stack_on_its_way_out()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" }, "active");
        var id = stack.GetProperty("id").GetString();
        await Api.Store.WriteAsync(tx => tx.Put(tx.View.Get<Stack>(1)! with { RemoveRequested = true }), TestContext.Current.CancellationToken);

        var reply = await Api.PostAsync(Api.Project + "/services", new { name = "web", stackId = id, launchConfig = new { imageUuid = "docker:a" } });

        reply.Status.ShouldBe(422);
        reply.Field.ShouldBe("stackId");
    }
}
