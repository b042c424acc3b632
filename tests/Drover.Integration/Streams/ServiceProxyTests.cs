using System.Net;

namespace Drover.Integration.Streams;

/// <summary>A web server in a real container, reached through server and agent.</summary>
public sealed class ServiceProxyTests(SharedPlatform platform)
{
    /// <summary>A page, a large file, and a program that answers with what it is sent.</summary>
    private const string Script = """
        mkdir -p /www/cgi-bin
        echo 'hello from the container' > /www/index.html
        dd if=/dev/zero of=/www/big bs=1M count=20 2>/dev/null
        printf '#!/bin/sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n"\ncat\n' > /www/cgi-bin/echo
        chmod +x /www/cgi-bin/echo
        exec httpd -f -p 8000 -h /www
        """;

    private Api Api => platform.Api;

    [Fact]
    public async Task A_services_web_server_answers_behind_the_servers_own_address()
    {
        var name = Workloads.Name("site");
        var stack = await Api.InStateAsync(await Api.CreateAsync("stacks", new { name }), "active");
        var labels = new Dictionary<string, string> { ["io.rancher.websocket.proxy.port"] = "8000" };
        var service = await Api.CreateAsync("services", new { name = "web", stackId = stack.Id, scale = 1, startOnCreate = true, launchConfig = new { imageUuid = Workloads.Busybox, command = new[] { "sh", "-c", Script }, labels } });
        await Api.InStateAsync(service, "active");
        var site = new Uri(platform.Server.Url, $"/r/projects/1a5/{name}.web/");

        await Until.SoAsync("the web server listens", async () => (await Api.SendAsync(HttpMethod.Get, site.ToString())).Status == HttpStatusCode.OK);

        (await Api.SendAsync(HttpMethod.Get, site.ToString())).Text.ShouldBe("hello from the container\n");
        (await Api.SendAsync(HttpMethod.Get, site + "nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Api.SendAsync(HttpMethod.Get, site + "big")).Text.Length.ShouldBe(20 << 20);
        (await Api.SendAsync(HttpMethod.Post, site + "cgi-bin/echo", new StringContent("said"))).Text.ShouldBe("said");
        (await Api.SendAsync(HttpMethod.Get, site.ToString().Replace(".web/", ".web:81/", StringComparison.Ordinal))).Status.ShouldBe((HttpStatusCode)422, "nothing listens there");
        await Api.RemoveAsync(stack);
    }

    [Fact]
    public async Task A_token_opens_one_request_also_to_a_container_in_anothers_network()
    {
        var web = await StartAsync("server", new { imageUuid = Workloads.Busybox, command = new[] { "sh", "-c", Script } });
        var guest = await StartAsync("guest", new { imageUuid = Workloads.Busybox, command = new[] { "sleep", "1000" }, networkMode = "container", networkContainerId = web.Id });
        await Until.SoAsync("the web server listens", async () => (await AskAsync(web)).Status == HttpStatusCode.OK);

        (await AskAsync(guest)).Text.ShouldBe("hello from the container\n");
        await Api.RemoveAsync(guest);
        await Api.RemoveAsync(web);
    }

    private async Task<Answer> AskAsync(Resource container)
    {
        var access = await Api.ActAsync(container, "proxy", new { port = 8000 });
        return await Api.SendAsync(HttpMethod.Get, $"{access["url"]}?token={access["token"]}");
    }

    private async Task<Resource> StartAsync(string what, object body)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(body)!.AsObject();
        json["name"] = Workloads.Name(what);
        return await Api.InStateAsync(await Api.CreateAsync("containers", json), "running");
    }
}
