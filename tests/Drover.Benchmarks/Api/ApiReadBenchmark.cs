using System.Diagnostics;
using System.Text.Json;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Drover.Benchmarks.Api;

/// <summary>GET of one container and of a page of 100 among 10,000, against a bare endpoint that serializes the same JSON.</summary>
internal static class ApiReadBenchmark
{
    private const int Containers = 10_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" });
        for (var batch = 0; batch < Containers; batch += 500)
            await server.Store.WriteAsync(tx => { for (var i = batch; i < batch + 500; i++) tx.Create(Sample(i), new ContainerSeen { State = "stopped", Generation = 1 }); });
        await QuietAsync(server);
        using var http = new HttpClient();
        var scope = $"{server.Url}v2-beta/projects/1a5/containers";
        await using var bare = await BareAsync(await http.GetByteArrayAsync(scope + "/1i5000"), await http.GetByteArrayAsync(scope + "?limit=100"));
        var bareUrl = bare.Urls.First();
        return
        [
            new("GET of one container", await PerSecondAsync(http, scope + "/1i5000"), "1/s", "bare endpoint, same JSON", await PerSecondAsync(http, bareUrl + "/one")),
            new("GET of a page of 100", await PerSecondAsync(http, scope + "?limit=100"), "1/s", "bare endpoint, same JSON", await PerSecondAsync(http, bareUrl + "/page")),
            new("GET by name among 10,000", await PerSecondAsync(http, scope + "?name=c9000"), "1/s", "bare endpoint, same JSON", await PerSecondAsync(http, bareUrl + "/one")),
        ];
    }

    /// <summary>Waits until nothing was written for a second: the reconcilers have looked at everything.</summary>
    private static async Task QuietAsync(DroverServer server)
    {
        long before;
        do
        {
            before = server.Store.Current.Revision;
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        while (server.Store.Current.Revision != before);
    }

    private static Container Sample(int i) => new()
    {
        Name = $"c{i}",
        AccountId = 5,
        Running = false,
        Labels = EquatableMap.Of(("app", "bench"), ("io.rancher.container.name", $"c{i}")),
        Spec = new ContainerSpec { ImageUuid = "docker:busybox", Command = ["sleep", "1d"], Environment = EquatableMap.Of(("A", "b")), Ports = ["8080:80/tcp"] },
    };

    /// <summary>An endpoint that does nothing but serialize: the parsed answers as they are.</summary>
    private static async Task<WebApplication> BareAsync(byte[] one, byte[] page)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var (oneJson, pageJson) = (JsonDocument.Parse(one).RootElement, JsonDocument.Parse(page).RootElement);
        app.Run(http => http.Response.WriteAsJsonAsync(http.Request.Path == "/one" ? oneJson : pageJson));
        await app.StartAsync();
        return app;
    }

    private static async Task<double> PerSecondAsync(HttpClient http, string url)
    {
        for (var i = 0; i < 50; i++) await http.GetByteArrayAsync(url);
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(2); count++) await http.GetByteArrayAsync(url);
        return count / watch.Elapsed.TotalSeconds;
    }
}
