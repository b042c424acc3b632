using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Events;

public sealed class ExternalDnsTests : ApiTest
{
    [Fact]
    public async Task A_name_that_an_external_dns_gave_is_the_services_and_stays()
    {
        var service = await ServiceAsync();
        var agent = await AgentAsync();

        var told = await Api.PostAsync("/externaldnsevents", new { eventType = "externalDnsEvent", externalId = "1", fqdn = "web.shop.example.com", serviceName = "web", stackName = "shop" }, agent);

        told.Status.ShouldBe(201, told.Text);
        (await Api.GetAsync(service)).Json.GetProperty("fqdn").GetString().ShouldBe("web.shop.example.com");
        await Api.PutAsync(service, new { description = "changed" });
        await Api.UntilAsync(service, s => s.GetProperty("transitioning").GetString() == "no");
        (await Api.GetAsync(service)).Json.GetProperty("fqdn").GetString().ShouldBe("web.shop.example.com");
    }

    [Fact]
    public async Task Rubbish_is_refused_and_a_service_that_is_not_there_is_no_fault()
    {
        var service = await ServiceAsync();
        var agent = await AgentAsync();

        (await Api.PostAsync("/externaldnsevents", new { fqdn = "<script>", serviceName = "web", stackName = "shop" }, agent)).Code.ShouldBe("InvalidCharacters");
        (await Api.PostAsync("/externaldnsevents", new { fqdn = new string('a', 254), serviceName = "web", stackName = "shop" }, agent)).Code.ShouldBe("MaxLengthExceeded");
        (await Api.PostAsync("/externaldnsevents", new { fqdn = "a.example.com", serviceName = "nobody", stackName = "shop" }, agent)).Status.ShouldBe(201);
        (await Api.PostAsync(Api.Project + "/externaldnsevents", new { fqdn = "a.example.com", serviceName = "web", stackName = "shop" })).Status.ShouldBe(405, "people report no names");
        (await Api.GetAsync(service)).Json.GetProperty("fqdn").GetString().ShouldBeNull();
    }

    private async Task<string> ServiceAsync()
    {
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" });
        return (await Api.CreateAsync(Api.Project + "/services", new { name = "web", stackId = stack.GetProperty("id").GetString(), launchConfig = new { imageUuid = "docker:busybox" } }, "inactive")).GetProperty("links").GetProperty("self").GetString()!;
    }

    private async Task<(string, string)> AgentAsync()
    {
        await using var hosts = new SimulatedHosts(Api);
        var keys = await hosts.RegisterAsync(SimulatedHosts.New("one"), await hosts.NewTokenAsync(Api.Project));
        return ApiServer.Basic(keys.AccessKey, keys.SecretKey);
    }
}
