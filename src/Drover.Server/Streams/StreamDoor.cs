using System.Net.WebSockets;
using Drover.Model.Kernel;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Streams;

/// <summary>Lets clients with a token in, once each, and puts them out again when they lose what let them in.</summary>
public sealed class StreamDoor(StreamTokens tokens, StreamAccess access, IStreamAudit audit, TimeProvider time)
{
    /// <summary>How often open streams are looked at; with the time to tell it, an end comes within five seconds.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>A client that is put out has so long to hang up by itself, so that it hears why.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Takes the token of a request. Throws 401 where it is wrong, too old, used, for something else, or no longer backed by its user's rights.</summary>
    /// <param name="http">The request.</param>
    /// <param name="purpose">What it opens.</param>
    /// <param name="action">The action that the object must offer to the user; null where reading it is enough.</param>
    public (StreamTicket Ticket, Entry Entry) Enter(HttpContext http, string purpose, string? action)
    {
        var ticket = tokens.Read(TokenOf(http.Request), purpose) ?? throw Failed();
        var entry = access.Find(ticket, action) ?? throw Failed();
        return tokens.Spend(ticket) ? (ticket, entry) : throw Failed();
    }

    /// <summary>Accepts the connection in the subprotocol that the client offered, and runs it until one side ends it or the user may no longer.</summary>
    public async Task RunAsync(HttpContext http, StreamTicket ticket, string? action, Func<ClientSocket, CancellationToken, Task> run)
    {
        var isBinary = http.WebSockets.WebSocketRequestedProtocols.Contains(ClientSocket.Binary);
        using var socket = await http.WebSockets.AcceptWebSocketAsync(isBinary ? ClientSocket.Binary : null).ConfigureAwait(false);
        var client = new ClientSocket(socket, isBinary);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        audit.Opened(ticket, http.Connection.RemoteIpAddress);
        var watching = UntilLostAsync(ticket, action, over, async () =>
        {
            await client.CloseAsync(WebSocketCloseStatus.PolicyViolation, "Access ended", time).ConfigureAwait(false);
            await Task.Delay(Grace, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        try
        {
            await run(client, over.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // the client went, or was put out
        }

        await over.CancelAsync().ConfigureAwait(false);
        var isLost = await watching.ConfigureAwait(false);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, time).ConfigureAwait(false);
        audit.Ended(ticket, isLost);
    }

    /// <summary>Looks again and again whether the user still may, and cancels where not; true where the user lost the stream, false where it was cancelled by others.</summary>
    /// <param name="ticket">What let the user in.</param>
    /// <param name="action">The action that the object must still offer.</param>
    /// <param name="over">Ends the stream.</param>
    /// <param name="farewell">Tells the client before it is put out.</param>
    public async Task<bool> UntilLostAsync(StreamTicket ticket, string? action, CancellationTokenSource over, Func<Task>? farewell = null)
    {
        using var beat = new PeriodicTimer(Look, time);
        try
        {
            while (await beat.WaitForNextTickAsync(over.Token).ConfigureAwait(false))
            {
                if (access.Find(ticket, action) is not null) continue;
                if (farewell is not null) await farewell().ConfigureAwait(false);
                await over.CancelAsync().ConfigureAwait(false);
                return true;
            }
        }
        catch (OperationCanceledException)
        {
            // it ended by itself
        }

        return false;
    }

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : request.Query["token"].FirstOrDefault();
    }

    private static ProblemException Failed() => new(new Problem("Unauthorized", Message: "Failed authentication", Status: 401));
}
