namespace Drover.Agent.Sessions;

/// <summary>Opens connections to the server: a WebSocket, or a pair in memory.</summary>
public interface ISessionTransport
{
    /// <summary>Throws <see cref="SessionException"/> where there is none to be had.</summary>
    Task<ISessionConnection> ConnectAsync(CancellationToken cancel);
}

/// <summary>One connection; frames arrive whole and in order. One sender and one receiver at a time.</summary>
public interface ISessionConnection : IAsyncDisposable
{
    /// <summary>Throws <see cref="SessionException"/> where the connection is gone.</summary>
    Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancel);

    /// <summary>The next frame; null where the server closed. Throws <see cref="SessionException"/> where the connection broke.</summary>
    Task<byte[]?> ReceiveAsync(CancellationToken cancel);
}

/// <summary>A session could not be opened, or broke.</summary>
/// <param name="message">A sentence for people.</param>
/// <param name="unauthorized">True where the server does not know or no longer takes the host's keys.</param>
/// <param name="inner">What went wrong below.</param>
public sealed class SessionException(string message, bool unauthorized = false, Exception? inner = null) : Exception(message, inner)
{
    public bool Unauthorized { get; } = unauthorized;
}
