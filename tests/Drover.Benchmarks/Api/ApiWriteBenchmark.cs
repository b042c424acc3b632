using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Drover.Server;

namespace Drover.Benchmarks.Api;

/// <summary>Writes of one field acknowledged over HTTP with SQLite, 16 clients, against one client.</summary>
internal static class ApiWriteBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("drover-bench").FullName;
        try
        {
            await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", DataFolder = folder });
            using var http = new HttpClient();
            var stacks = new List<string>();
            for (var i = 0; i < 16; i++)
            {
                using var created = await http.PostAsJsonAsync($"{server.Url}v2-beta/projects/1a5/stacks", new { name = string.Create(CultureInfo.InvariantCulture, $"stack-{i}") });
                stacks.Add((await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("links").GetProperty("self").GetString()!);
            }

            await WriteAsync(http, stacks, TimeSpan.FromSeconds(1));
            var count = 0;
            var put = await Meter.RunAsync(async () => (await http.PutAsJsonAsync(stacks[0], new { description = string.Create(CultureInfo.InvariantCulture, $"{count++}") })).Dispose());
            await using var bare = await BareEndpoint.StartAsync(new Dictionary<string, byte[]> { ["put"] = await http.GetByteArrayAsync(stacks[0]) });
            var plain = await Meter.RunAsync(async () => (await http.PutAsJsonAsync(bare.Url("put"), new { description = string.Create(CultureInfo.InvariantCulture, $"{count++}") })).Dispose());
            return [.. put.Against(plain, "PUT of one field, SQLite, synced"), new("API writes acknowledged, 16 clients, SQLite", await WriteAsync(http, stacks, TimeSpan.FromSeconds(4)), "1/s", "one client", await WriteAsync(http, stacks.Take(1), TimeSpan.FromSeconds(4)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> WriteAsync(HttpClient http, IEnumerable<string> urls, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(urls.Select(url => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
            {
                using var reply = await http.PutAsJsonAsync(url, new { description = string.Create(CultureInfo.InvariantCulture, $"{count}") });
                reply.EnsureSuccessStatusCode();
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
