using System.Net;
using Microsoft.Extensions.Logging;

namespace Drover.Server.Streams;

/// <summary>Hears who looks into what; the request for the token is in the audit log already.</summary>
public interface IStreamAudit
{
    void Opened(StreamTicket ticket, IPAddress? from);

    /// <param name="ticket">What was opened.</param>
    /// <param name="isLost">True where the server ended it because the user lost access.</param>
    void Ended(StreamTicket ticket, bool isLost);
}

/// <summary>Writes to the server's log what reaches into a host or a container.</summary>
internal sealed partial class LoggedStreams(ILogger log) : IStreamAudit
{
    public void Opened(StreamTicket ticket, IPAddress? from)
    {
        if (ticket.Purpose is StreamPaths.Exec or StreamPaths.DockerSocket) LogOpened(log, ticket.Purpose, ticket.Kind, ticket.ObjectId, ticket.UserId, from);
    }

    public void Ended(StreamTicket ticket, bool isLost)
    {
        if (isLost) LogLost(log, ticket.Purpose, ticket.Kind, ticket.ObjectId, ticket.UserId);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream {Purpose} of {Kind} {ObjectId} opened by account {UserId} from {Address}")]
    private static partial void LogOpened(ILogger log, string purpose, string kind, long objectId, long userId, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stream {Purpose} of {Kind} {ObjectId} ended: account {UserId} may not have it any more")]
    private static partial void LogLost(ILogger log, string purpose, string kind, long objectId, long userId);
}
