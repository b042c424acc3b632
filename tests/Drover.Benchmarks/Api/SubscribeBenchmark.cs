using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using Drover.Model.Stacks;
using Drover.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Drover.Benchmarks.Api;

/// <summary>One change told to 1,000 listeners over WebSockets of this machine, against as many bare WebSockets that are sent the same bytes; and what a listener costs in memory. Clients run in the same process.</summary>
internal static class SubscribeBenchmark
{
    private const int Listeners = 1_000;
    private const int Changes = 100;
    private const int WarmUps = 20;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" });
        var stack = await server.Store.WriteAsync(tx => tx.Create(new Stack { Name = "told", AccountId = 5 }, new StackSeen { State = "active" }).Id);
        var address = new Uri($"ws://{server.Url.Authority}/v2-beta/projects/1a5/subscribe?eventNames=resource.change");
        var (ours, message) = await ToldAsync(address, change => server.Store.WriteAsync(tx => tx.Put(tx.View.Get<Stack>(stack)! with { Description = change })));
        var sockets = new ConcurrentBag<WebSocket>();
        await using var bare = await BareAsync(message, sockets);
        var (theirs, _) = await ToldAsync(
            new Uri(bare.Urls.First().Replace("http", "ws", StringComparison.Ordinal)),
            _ => Task.WhenAll(sockets.Select(socket => socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None).AsTask())));
        const string Baseline = "bare WebSockets, same bytes";
        return
        [
            new($"one change told to {Listeners:N0} listeners, p50 to the last", ours.Median, "ms", Baseline, theirs.Median),
            new($"one change told to {Listeners:N0} listeners, p99 to the last", ours.P99, "ms", Baseline, theirs.P99),
            new("a message told, processor time of both ends", ours.CpuMicroseconds, "us", Baseline, theirs.CpuMicroseconds),
            new("a message told, allocated by both ends", ours.Allocated, "B", Baseline, theirs.Allocated),
            new("memory per listener, both ends", ours.Memory / 1024, "KB", "aim", 64, "none is set"),
        ];
    }

    private static async Task<((double Median, double P99, double CpuMicroseconds, double Allocated, double Memory) Figures, byte[] Message)> ToldAsync(Uri address, Func<string, Task> tell)
    {
        using var stop = new CancellationTokenSource();
        var all = new List<Listener>();
        try
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var i = 0; i < Listeners; i++) all.Add(await Listener.OpenAsync(address, stop.Token));
            var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Listeners;
            for (var change = 0; change < WarmUps; change++) await OnceAsync(all, tell, $"warm up {change}");
            using var process = Process.GetCurrentProcess();
            var (cpu, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
            var times = new List<double>();
            for (var change = 0; change < Changes; change++) times.Add(await OnceAsync(all, tell, string.Create(CultureInfo.InvariantCulture, $"change {change}")));
            process.Refresh();
            const double Messages = Listeners * Changes;
            var figures = ((process.TotalProcessorTime - cpu).TotalMicroseconds / Messages, (GC.GetTotalAllocatedBytes() - bytes) / Messages);
            times.Sort();
            return ((times[Changes / 2], times[Changes * 99 / 100], figures.Item1, figures.Item2, memory), all[0].Last);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var listener in all) listener.Dispose();
        }
    }

    private static async Task<double> OnceAsync(List<Listener> all, Func<string, Task> tell, string text)
    {
        var watch = Stopwatch.StartNew();
        var told = all.ConvertAll(listener => listener.NextAsync());
        await tell(text);
        await Task.WhenAll(told);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task<WebApplication> BareAsync(byte[] message, ConcurrentBag<WebSocket> sockets)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);
            sockets.Add(socket);
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await app.StartAsync();
        return app;
    }

    private sealed class Listener(ClientWebSocket socket, CancellationToken cancel) : IDisposable
    {
        private readonly byte[] _buffer = new byte[16 * 1024];
        private int _length;

        /// <summary>The newest message.</summary>
        public byte[] Last => _buffer[.._length];

        public static async Task<Listener> OpenAsync(Uri address, CancellationToken cancel)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(address, cancel);
            var listener = new Listener(socket, cancel);
            await listener.ReceiveAsync(); // the ping that opens every stream
            return listener;
        }

        /// <summary>Completes with the next message that is no ping.</summary>
        public async Task NextAsync()
        {
            do await ReceiveAsync();
            while (_buffer.AsSpan(0, _length).IndexOf("\"resource.change\""u8) < 0);
        }

        public void Dispose() => socket.Dispose();

        private async Task ReceiveAsync()
        {
            for (_length = 0; ;)
            {
                var part = await socket.ReceiveAsync(_buffer.AsMemory(_length), cancel);
                _length += part.Count;
                if (part.EndOfMessage) return;
            }
        }
    }
}
