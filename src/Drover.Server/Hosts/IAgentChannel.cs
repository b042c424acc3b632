using Drover.Protocol;

namespace Drover.Server.Hosts;

/// <summary>One connection to an agent: a WebSocket, or a pair in memory.</summary>
public interface IAgentChannel
{
    /// <summary>The next message; null where the agent is gone.</summary>
    Task<AgentMessage?> ReceiveAsync(CancellationToken cancel);

    Task SendAsync(ServerMessage message, CancellationToken cancel);

    /// <summary>Ends the connection.</summary>
    Task CloseAsync();
}
