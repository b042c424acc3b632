using Drover.Server.Tests.Api;

namespace Drover.Server.Tests.Environments;

/// <summary>`servicesPortRange` of an environment (ENV-29).</summary>
public sealed class PortRangeTests : ApiTest
{
    [Theory]
    [InlineData("""{"startPort":2,"endPort":1}""", "PortRangeWrongFormat", "servicesPortRange")]
    [InlineData("""{"startPort":0,"endPort":9}""", "MinLimitExceeded", "startPort")]
    [InlineData("""{"startPort":1,"endPort":65536}""", "MaxLimitExceeded", "endPort")]
    [InlineData("""{"startPort":1}""", "MissingRequired", "endPort")]
    public async Task A_range_that_is_none_is_refused(string range, string code, string field)
    {
        var created = await Api.PostAsync("/projects", $$"""{"name":"p","servicesPortRange":{{range}}}""");
        var changed = await Api.SendAsync(HttpMethod.Put, "/projects/1a5", $$"""{"servicesPortRange":{{range}}}""", []);

        foreach (var reply in new[] { created, changed })
        {
            reply.Status.ShouldBe(422, reply.Text);
            reply.Code.ShouldBe(code);
            reply.Field.ShouldBe(field);
        }
    }

    [Fact]
    public async Task Services_take_their_open_ports_from_the_range_of_their_environment()
    {
        await using var hosts = new SimulatedHosts(Api);
        await hosts.JoinAsync("one");
        (await Api.PutAsync("/projects/1a5", new { servicesPortRange = new { startPort = 30000, endPort = 30000 } })).Status.ShouldBe(200);
        var stack = (await Api.CreateAsync(Api.Project + "/stacks", new { name = "s" }, "active")).GetProperty("id").GetString();

        var first = await Api.CreateAsync(Api.Project + "/services", Service("one", stack!), "active");
        var second = await Api.CreateAsync(Api.Project + "/services", Service("two", stack!));

        first.GetProperty("launchConfig").GetProperty("ports")[0].GetString().ShouldBe("80/tcp");
        (await Api.GetAsync(Api.Project + "/containers?name=s-one-1")).Data.Single().GetProperty("ports")[0].GetString().ShouldBe("30000:80/tcp");
        first.GetProperty("publicEndpoints")[0].GetProperty("port").GetInt32().ShouldBe(30000);
        var waiting = await Api.UntilAsync(second.GetProperty("links").GetProperty("self").GetString()!, answer => answer.GetProperty("transitioningMessage").GetString()?.StartsWith("No public port", StringComparison.Ordinal) == true);
        waiting.GetProperty("state").GetString().ShouldBe("activating");
    }

    private static object Service(string name, string stack)
        => new { name, stackId = stack, startOnCreate = true, launchConfig = new { imageUuid = "docker:busybox", ports = new[] { "80/tcp" } } };
}
