using System.Net.WebSockets;
using Drover.Agent.Sessions;

namespace Drover.Agent.Streams;

/// <summary>Dials a connection of its own for each stream, so that a slow one holds up no other.</summary>
public interface IStreamTransport
{
    /// <summary>Throws <see cref="SessionException"/> where there is none to be had.</summary>
    Task<WebSocket> DialAsync(string streamId, CancellationToken cancel);
}
