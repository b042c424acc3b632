using System.Text.Json;
using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Services;

/// <summary>Load balancers, aliases and external names: services of their own kinds in the same stack.</summary>
public sealed class OtherServiceTests : ApiTest
{
    [Fact]
    public async Task They_are_listed_with_the_services_and_alone_with_their_own_kind()
    {
        var stack = await StackAsync();
        await ServiceAsync(stack, "web");
        await AliasAsync(stack, "alias");

        (await Api.GetAsync(Api.Project + "/services?sort=name")).Data.Select(s => s.GetProperty("type").GetString()).ShouldBe(["dnsService", "service"]);
        (await Api.GetAsync(Api.Project + "/dnsservices")).Data.Count.ShouldBe(1);
        (await Api.GetAsync($"{Api.Project}/stacks/{stack}")).Json.GetProperty("serviceIds").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Their_names_are_taken_in_the_stack()
    {
        var stack = await StackAsync();
        await ServiceAsync(stack, "web");

        var reply = await Api.PostAsync(Api.Project + "/dnsservices", new { name = "web", stackId = stack });

        reply.Status.ShouldBe(422);
        reply.ShouldSatisfyAllConditions(r => r.Code.ShouldBe("NotUnique"), r => r.Field.ShouldBe("name"));
    }

    [Fact]
    public async Task They_link_to_services_and_are_linked_to()
    {
        var stack = await StackAsync();
        var web = await ServiceAsync(stack, "web");
        var alias = await AliasAsync(stack, "alias");

        (await Api.PostAsync(Self(alias) + "/?action=setservicelinks", new { serviceLinks = new[] { new { serviceId = Id(web), name = "w" } } })).Status.ShouldBe(200);
        (await Api.PostAsync(Self(web) + "/?action=addservicelink", new { serviceLink = new { serviceId = Id(alias) } })).Status.ShouldBe(200);

        (await Api.GetAsync(Self(web))).Json.GetProperty("linkedServices").GetProperty("alias").GetString().ShouldBe(Id(alias));
    }

    [Fact]
    public async Task They_go_with_their_stack()
    {
        var stack = await StackAsync();
        var alias = await AliasAsync(stack, "alias");

        await Api.DeleteAsync($"{Api.Project}/stacks/{stack}");

        await Api.UntilAsync($"{Api.Project}/stacks/{stack}", "removed");
        (await Api.GetAsync(Self(alias))).Json.GetProperty("state").GetString().ShouldBe("removed");
    }

    [Fact]
    public async Task A_load_balancer_keeps_its_rules()
    {
        var stack = await StackAsync();
        var web = Id(await ServiceAsync(stack, "web"));

        var balancer = await Api.CreateAsync(Api.Project + "/loadbalancerservices", new
        {
            name = "lb",
            stackId = stack,
            launchConfig = new { imageUuid = "docker:rancher/lb-service-haproxy", ports = new[] { "80:80" } },
            lbConfig = new { config = "defaults", portRules = new[] { new { sourcePort = 80, targetPort = 8080, serviceId = web, hostname = "a.example" } } },
        }, "inactive");
        await Api.PutAsync(Self(balancer), new { scale = 2 });

        var kept = (await Api.GetAsync(Self(balancer))).Json.GetProperty("lbConfig");
        kept.GetProperty("type").GetString().ShouldBe("lbConfig");
        kept.GetProperty("config").GetString().ShouldBe("defaults");
        var rule = kept.GetProperty("portRules")[0];
        rule.GetProperty("serviceId").GetString().ShouldBe(web);
        rule.GetProperty("sourcePort").GetInt32().ShouldBe(80);
        rule.GetProperty("protocol").GetString().ShouldBe("http");
    }

    [Fact]
    public async Task A_load_balancer_without_rules_is_refused()
    {
        var stack = await StackAsync();

        var reply = await Api.PostAsync(Api.Project + "/loadbalancerservices", new { name = "lb", stackId = stack, launchConfig = new { imageUuid = "docker:rancher/lb-service-haproxy" } });

        reply.Status.ShouldBe(422);
        reply.ShouldSatisfyAllConditions(r => r.Code.ShouldBe("MissingRequired"), r => r.Field.ShouldBe("lbConfig"));
    }

    private async Task<string> StackAsync() => Id(await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active"));

    private Task<JsonElement> ServiceAsync(string stack, string name)
        => Api.CreateAsync(Api.Project + "/services", new { name, stackId = stack, launchConfig = new { imageUuid = "docker:busybox" } }, "inactive");

    private Task<JsonElement> AliasAsync(string stack, string name) => Api.CreateAsync(Api.Project + "/dnsservices", new { name, stackId = stack }, "inactive");

    private static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;

    private static string Self(JsonElement resource) => resource.GetProperty("links").GetProperty("self").GetString()!;
}
