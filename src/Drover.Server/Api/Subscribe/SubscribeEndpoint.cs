using System.Net.WebSockets;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Subscribe;

/// <summary>The WebSocket of changes: a ping at once and every five seconds, and each change that the caller may read.</summary>
public sealed class SubscribeEndpoint(ChangeHub hub, EventWriter events, TimeProvider time)
{
    /// <summary>The longest silence on the stream.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long the other side may take to answer that the stream is closed.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private const string Letters = "*._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ;=";

    /// <summary>Holds the stream until one side closes it.</summary>
    /// <param name="call">The request; its caller's rights decide what is sent.</param>
    /// <param name="http">The connection.</param>
    /// <param name="mayRead">Asked again with each ping; false closes the stream.</param>
    public async Task RunAsync(ApiCall call, HttpContext http, Func<Task<bool>> mayRead)
    {
        if (call.Catalog.FindByWord("subscribe") is null || !http.WebSockets.IsWebSocketRequest) throw new ProblemException(Problem.NotFound());
        var wantsChanges = WantsChanges(call);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        using var follower = hub.Follow(call with { WantsActionLinks = call.Query.Any(q => q.Key == "_actionLinks"), Method = "GET" });
        var reading = ReadUntilCloseAsync(socket, ended);
        try
        {
            await SendAsync(socket, follower, wantsChanges, mayRead, ended.Token);
            // A connection that is cut at once takes along what was sent last.
            await reading.WaitAsync(LastWords, time, ended.Token);
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or TimeoutException)
        {
        }

        await ended.CancelAsync();
        await reading;
    }

    /// <summary>True where the names that were asked for hold `resource.change`. Throws 422 for none and for letters that no name has.</summary>
    private static bool WantsChanges(ApiCall call)
    {
        var names = call.Query.Where(q => q.Key == "eventNames").Select(q => q.Value).ToList();
        if (names.Count == 0 || names.Contains("")) throw new ProblemException(new Problem("MissingRequired", "eventNames"));
        if (names.Exists(name => name.Any(letter => !Letters.Contains(letter, StringComparison.Ordinal)))) throw new ProblemException(new Problem("InvalidCharacters", "eventNames"));
        return names.Select(name => name.Split(';')[0]).Any(name => name is "resource.change" or "*" or "resource.*");
    }

    private async Task SendAsync(WebSocket socket, Follower follower, bool wantsChanges, Func<Task<bool>> mayRead, CancellationToken cancel)
    {
        await socket.SendAsync(events.Ping(), WebSocketMessageType.Text, true, cancel);
        var nextPing = time.GetUtcNow() + PingInterval;
        while (true)
        {
            var left = nextPing - time.GetUtcNow();
            foreach (var message in await follower.TakeAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel))
                if (wantsChanges)
                    await socket.SendAsync(message, WebSocketMessageType.Text, true, cancel);
            if (time.GetUtcNow() < nextPing) continue;
            if (!await mayRead())
            {
                await socket.SendAsync(events.Logout(), WebSocketMessageType.Text, true, cancel);
                await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, null, cancel);
                return;
            }

            await socket.SendAsync(events.Ping(), WebSocketMessageType.Text, true, cancel);
            nextPing = time.GetUtcNow() + PingInterval;
        }
    }

    /// <summary>What clients send is left aside; that they close is not.</summary>
    private static async Task ReadUntilCloseAsync(WebSocket socket, CancellationTokenSource ended)
    {
        var scrap = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(scrap.AsMemory(), ended.Token)).MessageType != WebSocketMessageType.Close)
            {
            }

            await ended.CancelAsync();
            if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            await ended.CancelAsync();
        }
    }
}
