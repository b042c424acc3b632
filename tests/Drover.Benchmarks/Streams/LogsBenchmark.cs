using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Drover.Benchmarks.Simulated;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Drover.Benchmarks.Streams;

/// <summary>Numbered lines of a simulated host that writes as fast as it can, through agent and server to a client, against the same frames of a bare WebSocket. All ends run in this process.</summary>
internal static class LogsBenchmark
{
    private const int Lines = 200_000;
    private const int PieceBytes = 64 * 1024;

    private static readonly byte[] All = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(number => $"01 {number} {new string('x', 80)}\n")));

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var site = await SimulatedSite.StartAsync(1);
        site.Hosts[0].Streams.OnLogs = async (_, link, cancel) =>
        {
            for (var at = 0; at < All.Length; at += PieceBytes) await link.WriteAsync(All.AsMemory(at, Math.Min(PieceBytes, All.Length - at)), cancel);
        };
        var container = "containers/" + await site.CreateAsync("containers", new { name = "writer", imageUuid = "docker:busybox" });
        await site.UntilAsync(container, made => made.GetProperty("state").GetString() == "running");
        await using var bare = await BareAsync();
        var plainUrl = bare.Urls.First().Replace("http", "ws", StringComparison.Ordinal);
        await ReadAsync(await AddressAsync(site, container));
        await ReadAsync(plainUrl);
        var through = await ReadAsync(await AddressAsync(site, container));
        var plain = await ReadAsync(plainUrl);
        return
        [
            new($"{Lines:N0} lines from agent to client", through.PerSecond, "1/s", "bare WebSocket, same frames", plain.PerSecond, "2,000 a second pass"),
            new("a line from agent to client, processor time of all ends", through.CpuMicroseconds, "us", "bare WebSocket, same frames", plain.CpuMicroseconds),
            new("memory that the ends allocate for a line", through.Allocated, "B", "bare WebSocket, same frames", plain.Allocated),
        ];
    }

    private static async Task<(double PerSecond, double CpuMicroseconds, double Allocated)> ReadAsync(string address)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(address), CancellationToken.None);
        using var process = Process.GetCurrentProcess();
        var (watch, cpu, bytes) = (Stopwatch.StartNew(), process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        await NumberedLines.ReadAsync(socket, 0, Lines);
        process.Refresh();
        return (Lines / watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / Lines, (GC.GetTotalAllocatedBytes() - bytes) / (double)Lines);
    }

    private static async Task<string> AddressAsync(SimulatedSite site, string container)
    {
        var access = await site.PostAsync($"{container}/?action=logs", new { follow = false });
        return $"{access.GetProperty("url").GetString()}?token={access.GetProperty("token").GetString()}";
    }

    private static async Task<WebApplication> BareAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            for (var rest = All.AsMemory(); !rest.IsEmpty;)
            {
                var end = rest.Span.IndexOf((byte)'\n') + 1;
                await socket.SendAsync(rest[..end], WebSocketMessageType.Text, true, CancellationToken.None);
                rest = rest[end..];
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        await app.StartAsync();
        return app;
    }
}
