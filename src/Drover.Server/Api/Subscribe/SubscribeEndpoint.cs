using System.Net.WebSockets;
using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Api.Subscribe;

/// <summary>The WebSocket of changes: a ping at once and every five seconds, and each change that the caller may read.</summary>
public sealed class SubscribeEndpoint(ChangeHub hub, EventWriter events, IReadOnlyCollection<IEventSource> sources, TimeProvider time)
{
    /// <summary>The longest silence on the stream.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long the other side may take to answer that the stream is closed.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <summary>How long a client may take for one message: who reads nothing can be told nothing, not even that it may read no more.</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    /// <summary>The names that stand for changes of resources.</summary>
    private static readonly string[] Changes = ["resource.change", "resource.*", "*"];

    private const string Letters = "*._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ;=";

    /// <summary>Holds the stream until one side closes it.</summary>
    /// <param name="call">The request; its caller's rights decide what is sent.</param>
    /// <param name="http">The connection.</param>
    /// <param name="callerNow">Asked again with each ping and whenever rights change: the same caller with the rights of now; null closes the stream.</param>
    public async Task RunAsync(ApiCall call, HttpContext http, Func<Task<Caller?>> callerNow)
    {
        if (call.Catalog.FindByWord("subscribe") is null || !http.WebSockets.IsWebSocketRequest) throw new ProblemException(Problem.NotFound());
        var names = NamesOf(call);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var reading = ReadUntilCloseAsync(socket, ended);
        try
        {
            await SendAsync(socket, call with { WantsActionLinks = call.Query.Any(q => q.Key == "_actionLinks"), Method = "GET" }, names, callerNow, ended.Token);
            // A connection that is cut at once takes along what was sent last.
            await reading.WaitAsync(LastWords, time, ended.Token);
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or TimeoutException)
        {
            // A connection that is left in order waits until all is read.
            if (!ended.IsCancellationRequested) http.Abort();
        }

        await ended.CancelAsync();
        await reading;
    }

    /// <summary>The names that were asked for, without their qualifiers. Throws 422 for none and for letters that no name has.</summary>
    private static HashSet<string> NamesOf(ApiCall call)
    {
        var names = call.Query.Where(q => q.Key == "eventNames").Select(q => q.Value).ToList();
        if (names.Count == 0 || names.Contains("")) throw new ProblemException(new Problem("MissingRequired", "eventNames"));
        if (names.Exists(name => name.Any(letter => !Letters.Contains(letter, StringComparison.Ordinal)))) throw new ProblemException(new Problem("InvalidCharacters", "eventNames"));
        return [.. names.Select(name => name.Split(';')[0])];
    }

    private async Task SendAsync(WebSocket socket, ApiCall call, HashSet<string> names, Func<Task<Caller?>> callerNow, CancellationToken cancel)
    {
        var follower = hub.Follow(call);
        var wantsChanges = names.Overlaps(Changes);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var offering = Task.WhenAll(sources.Where(source => names.Contains(source.Event)).Select(source => source.RunAsync(call, follower, over.Token)));
        try
        {
            await using var beat = time.CreateTimer(_ => follower.Beat(), null, PingInterval, PingInterval);
            await using var gone = cancel.UnsafeRegister(_ =>
            {
                patience.Cancel();
                follower.Beat();
            }, null);
            await TellAsync(socket, events.Ping(), patience);
            while (true)
            {
                var (isDoubted, isDue) = await follower.WaitAsync();
                cancel.ThrowIfCancellationRequested();
                if (isDoubted || isDue)
                {
                    if (await callerNow() is not { } now)
                    {
                        await TellAsync(socket, events.Logout(), patience);
                        patience.CancelAfter(SendPatience);
                        await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, null, patience.Token);
                        return;
                    }

                    if (AudienceKey.Of(call with { Caller = now }) != AudienceKey.Of(call))
                    {
                        (call, var before) = (call with { Caller = now }, call);
                        follower = hub.Move(follower, before, call);
                        follower.Beat(); // a beat for the one before may have been lost on the way
                    }
                }

                if (follower.Take() is { } told && (wantsChanges || told.Entry is null)) await TellAsync(socket, told.Message, patience);
                if (isDue) await TellAsync(socket, events.Ping(), patience);
            }
        }
        finally
        {
            await over.CancelAsync();
            await offering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            follower.Dispose();
        }
    }

    /// <summary>Sends a message, and cuts the connection off where the client does not take it in time.</summary>
    private static async ValueTask TellAsync(WebSocket socket, ReadOnlyMemory<byte> message, CancellationTokenSource patience)
    {
        var sending = socket.SendAsync(message, WebSocketMessageType.Text, true, patience.Token);
        if (sending.IsCompletedSuccessfully) return; // the common case needs no timer
        patience.CancelAfter(SendPatience);
        await sending;
        patience.CancelAfter(Timeout.InfiniteTimeSpan);
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
