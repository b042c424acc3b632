using System.Diagnostics;

namespace Drover.Benchmarks.Api;

/// <summary>The server process: time to its first answered call, and its memory when idle.</summary>
internal static class StartBenchmark
{
    private const string Url = "http://127.0.0.1:18999";

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "drover");
        var folder = Directory.CreateTempSubdirectory("drover-bench").FullName;
        try
        {
            var first = await StartAsync(program, folder);
            var again = await StartAsync(program, folder);
            return
            [
                new("server start to first answer, fresh data folder", first.Seconds, "s", "aim", 1, "under 1 s"),
                new("server start to first answer, kept data folder", again.Seconds, "s", "aim", 1, "under 1 s"),
                new("server memory, idle", again.Megabytes, "MB", "aim", 150, "under 150 MB"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double Seconds, double Megabytes)> StartAsync(string program, string folder)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var argument in new[] { "server", "--data", folder, "--listen", Url }) start.ArgumentList.Add(argument);
        using var http = new HttpClient();
        var watch = Stopwatch.StartNew();
        using var server = Process.Start(start)!;
        try
        {
            while (!await AnswersAsync(http)) await Task.Delay(5);
            var seconds = watch.Elapsed.TotalSeconds;
            await Task.Delay(TimeSpan.FromSeconds(3));
            server.Refresh();
            return (seconds, server.WorkingSet64 / 1024.0 / 1024.0);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(Url + "/v2-beta"));
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
