using System.Text.Json;
using Drover.Model.Services;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Services;

/// <summary>What the API says to services that make no sense, and what it offers on those that do.</summary>
public sealed class ServiceRuleTests : ApiTest
{
    private static readonly object Launch = new { imageUuid = "docker:busybox" };

    [Theory]
    [InlineData("a b", "InvalidCharacters")]
    [InlineData("-web", "InvalidCharacters")]
    [InlineData("web-", "InvalidCharacters")]
    [InlineData("we--b", "InvalidCharacters")]
    [InlineData("we\u0000b", "InvalidCharacters")]
    [InlineData("we\nb", "InvalidCharacters")]
    [InlineData("", "MinLengthExceeded")]
    [InlineData("x123456789012345678901234567890123456789012345678901234567890123", "MaxLengthExceeded")]
    public async Task A_name_must_be_a_label(string name, string code)
    {
        var reply = await Api.PostAsync(Api.Project + "/services", new { name, stackId = await StackAsync(), launchConfig = Launch });

        reply.Status.ShouldBe(422, reply.Text);
        reply.Code.ShouldBe(code);
        reply.Field.ShouldBe("name");
    }

    [Fact]
    public async Task A_name_is_taken_once_per_stack_whatever_its_letters_and_sidekicks_count()
    {
        var stack = await StackAsync();
        object Body(string name) => new { name, stackId = stack, launchConfig = Launch, secondaryLaunchConfigs = new[] { new { name = name + "-side", imageUuid = "docker:busybox" } } };
        (await Api.PostAsync(Api.Project + "/services", Body("web"))).Status.ShouldBe(201);

        foreach (var name in (string[])["WEB", "web-side"])
        {
            var reply = await Api.PostAsync(Api.Project + "/services", new { name, stackId = stack, launchConfig = Launch });
            (reply.Status, reply.Code, reply.Field).ShouldBe((422, "NotUnique", "name"));
        }

        (await Api.PostAsync(Api.Project + "/services", new { name = "web", stackId = await StackAsync("other"), launchConfig = Launch })).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_scale_that_no_installation_carries_is_refused()
    {
        (await Api.PostAsync(Api.Project + "/services", new { name = "all", launchConfig = Launch, scale = 100_000 })).Status.ShouldBe(201);
        var web = await Api.CreateAsync(Api.Project + "/services", new { name = "web", launchConfig = Launch }, "inactive");

        foreach (var reply in (Reply[])[
            await Api.PostAsync(Api.Project + "/services", new { name = "more", launchConfig = Launch, scale = 100_001 }),
            await Api.PutAsync(Self(web), new { scale = long.MaxValue })])
            (reply.Status, reply.Code, reply.Field).ShouldBe((422, "MaxLimitExceeded", "scale"), reply.Text);
    }

    [Fact]
    public async Task A_large_scale_is_reached_over_several_passes()
    {
        var web = await Api.CreateAsync(Api.Project + "/services", new { name = "web", launchConfig = Launch, scale = 450, startOnCreate = true });

        await Api.UntilAsync(Self(web), s => s.GetProperty("instanceIds").ValueKind == JsonValueKind.Array && s.GetProperty("instanceIds").GetArrayLength() == 450);
    }

    [Theory]
    [InlineData("{\"imageUuid\":null}", "MissingRequired", "imageUuid")]
    [InlineData("{\"imageUuid\":\"docker:a\",\"ports\":[\"99999:80\"]}", "PortInvalidPublicPort", "ports")]
    [InlineData("{\"imageUuid\":\"docker:a\",\"ports\":[\"80:0\"]}", "PortInvalidPrivatePort", "ports")]
    [InlineData("{\"imageUuid\":\"docker:a\",\"ports\":[\"80/icmp\"]}", "PortInvalidProtocol", "ports")]
    [InlineData("{\"imageUuid\":\"docker:a\",\"ports\":[\"1:2:3:4\"]}", "PortWrongFormat", "ports")]
    [InlineData("{\"imageUuid\":\"docker:a\",\"dataVolumesFromLaunchConfigs\":[\"nobody\"]}", "InvalidReference", "dataVolumesFromLaunchConfigs")]
    public async Task A_launch_config_must_make_sense(string launch, string code, string field)
    {
        var reply = await Api.PostAsync(Api.Project + "/services", $$"""{"name":"web","stackId":"{{await StackAsync()}}","launchConfig":{{launch}}}""");

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, code, field));
        Api.Store.Current.Count("service").ShouldBe(0);
    }

    [Fact]
    public async Task Sidekicks_that_need_each_other_are_refused()
    {
        var reply = await Api.PostAsync(Api.Project + "/services", new
        {
            name = "web",
            stackId = await StackAsync(),
            launchConfig = Launch,
            secondaryLaunchConfigs = new object[]
            {
                new { name = "a", imageUuid = "docker:busybox", dataVolumesFromLaunchConfigs = new[] { "b" } },
                new { name = "b", imageUuid = "docker:busybox", networkLaunchConfig = "a" },
            },
        });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "InvalidReference", "CircularReference"));
    }

    [Fact]
    public async Task Without_a_stack_it_goes_into_the_stack_default()
    {
        var service = await Api.CreateAsync(Api.Project + "/services", new { name = "web", launchConfig = Launch });

        var stack = await Api.GetAsync(Api.Project + "/stacks/" + service.GetProperty("stackId").GetString());
        stack.Json.GetProperty("name").GetString().ShouldBe("Default");
    }

    [Fact]
    public async Task A_new_service_registers_and_rests_and_goes_on_where_it_is_to_start()
    {
        var stack = await StackAsync();
        var resting = await Api.CreateAsync(Api.Project + "/services", new { name = "a", stackId = stack, launchConfig = Launch });
        resting.GetProperty("state").GetString().ShouldBe("registering");
        resting.GetProperty("transitioning").GetString().ShouldBe("yes");
        var rested = await Api.UntilAsync(Self(resting), "inactive");
        Actions(rested).ShouldBe(["activate", "addservicelink", "remove", "removeservicelink", "setservicelinks", "update", "upgrade"]);

        var starting = await Api.CreateAsync(Api.Project + "/services", new { name = "b", stackId = stack, launchConfig = Launch, startOnCreate = true });
        var waiting = await Api.UntilAsync(Self(starting), "activating");
        waiting.GetProperty("transitioning").GetString().ShouldBe("yes");
    }

    [Fact]
    public async Task An_image_without_the_prefix_gets_it()
    {
        await Api.CreateAsync(Api.Project + "/services", new { name = "a", launchConfig = new { imageUuid = "nginx:1" } });

        Api.Store.Current.Get<Service>(1)!.LaunchConfig!.Spec.ImageUuid.ShouldBe("docker:nginx:1");
    }

    [Fact]
    public async Task Links_are_added_replaced_and_removed()
    {
        var stack = await StackAsync();
        var web = await Api.CreateAsync(Api.Project + "/services", new { name = "web", stackId = stack, launchConfig = Launch });
        var db = await Api.CreateAsync(Api.Project + "/services", new { name = "db", stackId = stack, launchConfig = Launch });
        var cache = await Api.CreateAsync(Api.Project + "/services", new { name = "cache", stackId = stack, launchConfig = Launch });
        var (dbId, cacheId) = (db.GetProperty("id").GetString(), cache.GetProperty("id").GetString());

        var added = await Api.PostAsync(Self(web) + "?action=addservicelink", new { serviceLink = new { serviceId = dbId, name = "mysql" } });
        added.Json.GetProperty("linkedServices").GetProperty("mysql").GetString().ShouldBe(dbId);
        var set = await Api.PostAsync(Self(web) + "?action=setservicelinks", new { serviceLinks = new[] { new { serviceId = cacheId } } });
        set.Json.GetProperty("linkedServices").EnumerateObject().Select(l => (l.Name, l.Value.GetString())).ShouldBe([("cache", cacheId)]);
        var removed = await Api.PostAsync(Self(web) + "?action=removeservicelink", new { serviceLink = new { serviceId = cacheId } });
        removed.Json.GetProperty("linkedServices").ValueKind.ShouldBe(JsonValueKind.Null);

        (await Api.PostAsync(Self(web) + "?action=addservicelink", new { serviceLink = new { serviceId = "1s99" } })).Field.ShouldBe("serviceId");
        (await Api.PostAsync(Self(web) + "?action=addservicelink", new { serviceLink = new { serviceId = dbId, name = "a b" } })).Code.ShouldBe("InvalidCharacters");
    }

    [Fact]
    public async Task Forget_is_offered_to_those_who_ask_for_what_is_ours_and_works_from_any_state()
    {
        var service = await Api.CreateAsync(Api.Project + "/services", new { name = "web", launchConfig = Launch, startOnCreate = true }, "activating");
        Actions(service).ShouldNotContain("forget");
        Actions((await Api.GetAsync(Self(service) + "?_drover=1")).Json).ShouldContain("forget");

        (await Api.PostAsync(Self(service) + "?action=forget&_drover=1")).Status.ShouldBe(200);

        Api.Store.Current.Count("service").ShouldBe(0);
        Api.Store.Current.Count("instance").ShouldBe(0);
    }

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;

    private static List<string> Actions(JsonElement resource) => [.. resource.GetProperty("actions").EnumerateObject().Select(a => a.Name)];

    private async Task<string> StackAsync(string name = "shop")
        => (await Api.CreateAsync(Api.Project + "/stacks", new { name }, "active")).GetProperty("id").GetString()!;
}
