using System.Net.Sockets;

namespace Drover.Agent.Docker.Engine;

/// <summary>Connections to the engine's unix socket.</summary>
internal static class EngineSocket
{
    /// <summary>Opens one connection; its socket can be shut down one way, which a hijacked connection needs.</summary>
    public static async ValueTask<NetworkStream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A new connection for each request: a daemon that is going down closes its listener first and serves open connections on,
    /// and a container that it starts then leaves a task behind that keeps the container from ever starting again.
    /// </summary>
    public static SocketsHttpHandler Handler(string path) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (_, cancellation) => await ConnectAsync(path, cancellation),
    };
}
