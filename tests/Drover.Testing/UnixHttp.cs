using System.Net.Sockets;

namespace Drover.Testing;

/// <summary>Plain HTTP over a unix socket, independent of the product's own client.</summary>
internal static class UnixHttp
{
    public static HttpClient Client(string path)
    {
        var connections = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(connections) { BaseAddress = new Uri("http://engine"), Timeout = TimeSpan.FromMinutes(2) };
    }
}
