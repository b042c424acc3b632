using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using Drover.Model.Stacks;
using Drover.Server;

namespace Drover.Benchmarks.Api;

/// <summary>One change told to 1,000 listeners over WebSockets of this machine, against a single listener; and what a listener costs in memory. Clients run in the same process.</summary>
internal static class SubscribeBenchmark
{
    private const int Listeners = 1_000;
    private const int Changes = 100;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" });
        var stack = await server.Store.WriteAsync(tx => tx.Create(new Stack { Name = "told", AccountId = 5 }, new StackSeen { State = "active" }).Id);
        var alone = await ToldAsync(server, stack, 1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (many, after) = (await ToldAsync(server, stack, Listeners), GC.GetTotalMemory(forceFullCollection: false));
        return
        [
            new($"one change told to {Listeners:N0} listeners, p50 to the last", many.Median, "ms", "one listener", alone.Median),
            new($"one change told to {Listeners:N0} listeners, p99 to the last", many.P99, "ms", "one listener", alone.P99),
            new("messages told", many.PerSecond, "1/s", "one listener", alone.PerSecond),
            new("memory per listener, server and client ends", (many.Bytes - before) / (double)Listeners / 1024, "KB", "aim", 64, "none is set"),
        ];
    }

    private static async Task<(double Median, double P99, double PerSecond, long Bytes)> ToldAsync(DroverServer server, long stack, int listeners)
    {
        using var stop = new CancellationTokenSource();
        var all = new List<Listener>();
        try
        {
            for (var i = 0; i < listeners; i++) all.Add(await Listener.OpenAsync(server.Url, stop.Token));
            var bytes = GC.GetTotalMemory(forceFullCollection: true);
            var times = new List<double>();
            for (var change = 0; change < Changes; change++)
            {
                var watch = Stopwatch.StartNew();
                var told = all.ConvertAll(listener => listener.NextAsync());
                var text = string.Create(CultureInfo.InvariantCulture, $"change {change}");
                await server.Store.WriteAsync(tx => tx.Put(tx.View.Get<Stack>(stack)! with { Description = text }));
                await Task.WhenAll(told);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            var seconds = times.Sum() / 1000;
            times.Sort();
            return (times[Changes / 2], times[Changes * 99 / 100], listeners * Changes / seconds, bytes);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var listener in all) listener.Dispose();
        }
    }

    private sealed class Listener(ClientWebSocket socket, CancellationToken cancel) : IDisposable
    {
        private readonly byte[] _buffer = new byte[16 * 1024];

        public static async Task<Listener> OpenAsync(Uri server, CancellationToken cancel)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://{server.Authority}/v2-beta/projects/1a5/subscribe?eventNames=resource.change"), cancel);
            var listener = new Listener(socket, cancel);
            await listener.ReceiveAsync(); // the ping that opens every stream
            return listener;
        }

        /// <summary>Completes with the next message that is no ping.</summary>
        public async Task NextAsync()
        {
            while ((await ReceiveAsync()).IndexOf("\"resource.change\""u8) < 0)
            {
            }
        }

        public void Dispose() => socket.Dispose();

        private async Task<byte[]> ReceiveAsync()
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
                length += part.Count;
                if (part.EndOfMessage) return _buffer[..length];
            }
        }
    }
}
