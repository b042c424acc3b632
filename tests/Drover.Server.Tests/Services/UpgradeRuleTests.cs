using System.Text.Json;
using Drover.Model.Services;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Services;

/// <summary>What the API says to wishes for upgrades, and what it stores of those that make sense.</summary>
public sealed class UpgradeRuleTests : ApiTest
{
    private static readonly object Launch = new { imageUuid = "docker:one", ports = new[] { "8080:80" }, labels = new Dictionary<string, string> { ["a"] = "b" } };

    [Theory]
    [InlineData("{}", "MissingRequired", "Upgrade strategy needs to be set")]
    [InlineData("{\"inServiceStrategy\":{}}", "InvalidOption", "LaunchConfig/secondaryLaunchConfigs need to be specified for inService strategy")]
    [InlineData("{\"inServiceStrategy\":{\"launchConfig\":{\"imageUuid\":\"docker:a\",\"labels\":{\"io.rancher.scheduler.global\":\"true\"}}}}", "InvalidOption", "Switching from global scale to fixed (and vice versa)")]
    [InlineData("{\"inServiceStrategy\":{\"startFirst\":true,\"launchConfig\":{\"imageUuid\":\"docker:a\"}}}", "InvalidOption", "StartFirst option can't be used for service with retainIp field set")]
    [InlineData("{\"inServiceStrategy\":{\"launchConfig\":{\"imageUuid\":\"docker:a\",\"ports\":[\"99999:80\"]}}}", "PortInvalidPublicPort", null)]
    [InlineData("{\"inServiceStrategy\":{\"batchSize\":0,\"launchConfig\":{\"imageUuid\":\"docker:a\"}}}", "MinLimitExceeded", null)]
    [InlineData("{\"inServiceStrategy\":{\"secondaryLaunchConfigs\":[{\"name\":\"web\",\"imageUuid\":\"docker:a\"}]}}", "NotUnique", null)]
    [InlineData("{\"inServiceStrategy\":{\"intervalMillis\":2147483648,\"launchConfig\":{\"imageUuid\":\"docker:a\"}}}", "MaxLimitExceeded", "intervalMillis is at most 2147483647")]
    [InlineData("{\"toServiceStrategy\":{\"toServiceId\":\"1s99\"}}", "InvalidReference", null)]
    [InlineData("{\"toServiceStrategy\":{\"toServiceId\":\"1s1\",\"intervalMillis\":9223372036854775807}}", "MaxLimitExceeded", "intervalMillis is at most 2147483647")]
    [InlineData("{\"toServiceStrategy\":{\"toServiceId\":\"1s1\",\"finalScale\":100001}}", "MaxLimitExceeded", "finalScale is at most 100000")]
    public async Task A_wish_that_makes_no_sense_is_refused_and_changes_nothing(string body, string code, string? message)
    {
        var service = await CreateAsync("web", retainIp: true);

        var reply = await Api.PostAsync(Self(service) + "?action=upgrade", body);

        (reply.Status, reply.Code).ShouldBe((422, code), reply.Text);
        if (message is not null) reply.Json.GetProperty("message").GetString().ShouldBe(message);
        Api.Store.Current.Get<Service>(1)!.Upgrade.ShouldBeNull();
    }

    [Fact]
    public async Task An_upgrade_answers_202_remembers_what_was_and_a_rollback_restores_it()
    {
        var service = await CreateAsync("web");

        var reply = await Api.PostAsync(Self(service) + "?action=upgrade", new { inServiceStrategy = new { batchSize = 2, intervalMillis = 500, launchConfig = new { imageUuid = "two", ports = new[] { "80" } } } });

        reply.Status.ShouldBe(202, reply.Text);
        var config = reply.Json.GetProperty("launchConfig");
        config.GetProperty("imageUuid").GetString().ShouldBe("docker:two");
        config.GetProperty("ports")[0].GetString().ShouldBe("8080:80/tcp", "a port without a number on the host keeps the one it had");
        var strategy = reply.Json.GetProperty("upgrade").GetProperty("inServiceStrategy");
        strategy.GetProperty("previousLaunchConfig").GetProperty("imageUuid").GetString().ShouldBe("docker:one");
        strategy.GetProperty("launchConfig").GetProperty("imageUuid").GetString().ShouldBe("docker:two");
        var upgraded = await Api.UntilAsync(Self(service), "upgraded");
        Actions(upgraded).ShouldBe(["addservicelink", "finishupgrade", "remove", "removeservicelink", "rollback", "setservicelinks"]);
        (await Api.PostAsync(Self(service) + "?action=rollback", new { })).Json.GetProperty("launchConfig").GetProperty("imageUuid").GetString().ShouldBe("docker:one");
        await Api.UntilAsync(Self(service), "inactive");
    }

    [Fact]
    public async Task Another_upgrade_is_not_offered_before_the_first_is_finished()
    {
        var service = await CreateAsync("web");
        object body = new { inServiceStrategy = new { launchConfig = new { imageUuid = "two" } } };
        await Api.PostAsync(Self(service) + "?action=upgrade", body);
        await Api.UntilAsync(Self(service), "upgraded");

        var again = await Api.PostAsync(Self(service) + "?action=upgrade", body);

        (again.Status, again.Code).ShouldBe((422, "ActionNotAvailable"));
    }

    [Fact]
    public async Task Sidekicks_are_added_changed_with_what_needs_them_and_removed()
    {
        var service = await Api.CreateAsync(Api.Project + "/services", new
        {
            name = "web",
            launchConfig = new { imageUuid = "docker:one", dataVolumesFromLaunchConfigs = new[] { "data" } },
            secondaryLaunchConfigs = new object[] { new { name = "data", imageUuid = "docker:data" }, new { name = "logs", imageUuid = "docker:logs" }, new { name = "gone", imageUuid = "docker:gone" } },
        }, "inactive");

        await Api.PostAsync(Self(service) + "?action=upgrade", new
        {
            inServiceStrategy = new { secondaryLaunchConfigs = new object[] { new { name = "data", imageUuid = "docker:data2" }, new { name = "gone", imageUuid = "rancher/none" }, new { name = "added", imageUuid = "docker:added" } } },
        });

        var stored = Api.Store.Current.Get<Service>(1)!;
        stored.SecondaryLaunchConfigs.Items.Select(s => (s.Name, s.Spec.ImageUuid, s.Version == "0")).ShouldBe([("data", "docker:data2", false), ("logs", "docker:logs", true), ("added", "docker:added", false)]);
        stored.LaunchConfig!.Version.ShouldBe(stored.SecondaryLaunchConfigs[0].Version, "it shares the volumes of what changed");
        stored.LaunchConfig.Spec.ImageUuid.ShouldBe("docker:one");
    }

    [Fact]
    public async Task A_move_to_another_service_is_for_two_services_with_a_scale_that_are_in_no_other_upgrade()
    {
        var web = await CreateAsync("web");
        var next = await CreateAsync("web2");
        var third = await CreateAsync("web3");
        var everywhere = await Api.CreateAsync(Api.Project + "/services", new { name = "all", launchConfig = new { imageUuid = "docker:a", labels = new Dictionary<string, string> { ["io.rancher.scheduler.global"] = "true" } } });
        object To(JsonElement service) => new { toServiceStrategy = new { toServiceId = service.GetProperty("id").GetString(), batchSize = 1, finalScale = 2 } };

        (await Api.PostAsync(Self(web) + "?action=upgrade", To(web))).Code.ShouldBe("InvalidReference");
        (await Api.PostAsync(Self(web) + "?action=upgrade", To(everywhere))).Code.ShouldBe("InvalidOption");
        (await Api.PostAsync(Self(web) + "?action=upgrade", To(next))).Status.ShouldBe(202);
        (await Api.PostAsync(Self(third) + "?action=upgrade", To(next))).Code.ShouldBe("InvalidState");
        (await Api.PostAsync(Self(third) + "?action=upgrade", To(web))).Code.ShouldBe("InvalidState");
    }

    [Fact]
    public async Task Nobody_moves_the_scale_of_the_platforms_own_services()
    {
        var web = await CreateAsync("web");
        var next = await CreateAsync("web2");
        await Api.Store.WriteAsync(tx => { tx.Put(tx.View.Get<Service>(2)! with { System = true }); return 0; }, TestContext.Current.CancellationToken);

        var reply = await Api.PostAsync(Self(web) + "?action=upgrade", new { toServiceStrategy = new { toServiceId = next.GetProperty("id").GetString(), finalScale = 2 } });

        (reply.Status, reply.Code, reply.Field).ShouldBe((422, "InvalidReference", "toServiceId"));
    }

    private Task<JsonElement> CreateAsync(string name, bool retainIp = false)
        => Api.CreateAsync(Api.Project + "/services", new { name, launchConfig = Launch, retainIp }, "inactive");

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;

    private static List<string> Actions(JsonElement resource) => [.. resource.GetProperty("actions").EnumerateObject().Select(a => a.Name).Order(StringComparer.Ordinal)];
}
