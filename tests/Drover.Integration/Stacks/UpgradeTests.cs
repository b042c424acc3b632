namespace Drover.Integration.Stacks;

/// <summary>A service that is upgraded on a real engine and goes back.</summary>
public sealed class UpgradeTests(SharedPlatform platform)
{
    private const string Page = "stand-in/page", Serve = "#!/bin/sh\ntrap 'exit 0' TERM\nhttpd -p 80 -h /www\nwhile :; do sleep 3600 & wait; done\n";

    [Fact]
    public async Task A_published_page_moves_to_the_new_image_and_back_and_the_old_container_is_kept_until_then()
    {
        foreach (var image in await Task.WhenAll(ImageAsync("1"), ImageAsync("2"))) await platform.Host.Machine.LoadAsync(image, TestContext.Current.CancellationToken);
        var stack = await TestStack.UpAsync(platform.Api, platform.Host, $"version: '2'\nservices:\n  web:\n    image: {Page}:1\n    ports: ['8099:80']\n");
        await ServesAsync("1");
        var before = await stack.ContainerAsync("web-1");

        await platform.Api.ActAsync(await stack.ServiceAsync("web"), "upgrade", new { inServiceStrategy = new { launchConfig = new { imageUuid = $"docker:{Page}:2", ports = new[] { "8099:80" } } } });
        await stack.AreAsync("upgraded");
        await ServesAsync("2");
        (await platform.Host.DockerAsync("inspect", "-f", "{{.State.Status}} {{.Config.Image}}", before.EngineId)).ShouldBe($"exited {Page}:1");

        await platform.Api.ActAsync(await stack.ServiceAsync("web"), "rollback", new { });
        await stack.AreActiveAsync();
        await ServesAsync("1");
        (await stack.ContainerAsync("web-1")).EngineId.ShouldBe(before.EngineId, "it is the very same container");
        (await stack.OnEngineAsync()).ShouldBe(["web-1"]);

        await platform.Api.ActAsync(await stack.ServiceAsync("web"), "upgrade", new { inServiceStrategy = new { launchConfig = new { imageUuid = $"docker:{Page}:2", ports = new[] { "8099:80" } } } });
        await stack.AreAsync("upgraded");
        await platform.Api.ActAsync(await stack.ServiceAsync("web"), "finishupgrade", new { });
        await stack.AreActiveAsync();
        await ServesAsync("2");
        (await stack.OnEngineAsync()).ShouldBe(["web-1"]);

        await stack.RemoveAsync();
    }

    private async Task ServesAsync(string text)
    {
        using var http = new HttpClient(platform.Lab.CreateHttpHandler());
        var page = new Uri($"http://{platform.Host.Machine.Address}:8099/");
        await Until.SeenAsync($"the page says {text}", () => TryGetAsync(http, page), seen => seen?.Trim() == text);
    }

    private static async Task<string?> TryGetAsync(HttpClient http, Uri page)
    {
        try
        {
            return await http.GetStringAsync(page, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Task<string> ImageAsync(string version)
        => TestImages.StandInAsync($"{Page}:{version}", """ "ExposedPorts":{"80/tcp":{}} """, ["/serve"], ("serve", Serve), ("www/index.html", version + "\n"));
}
