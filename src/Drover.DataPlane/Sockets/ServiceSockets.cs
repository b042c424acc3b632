using System.Net;
using System.Net.Sockets;

namespace Drover.DataPlane.Sockets;

/// <summary>Sockets for an address that may come and go with its interface.</summary>
public static class ServiceSockets
{
    private const int UdpBuffer = 4 * 1024 * 1024;
    private const int IpLevel = 0;
    private const int IpFreebind = 15;

    /// <summary>A bound UDP socket. Throws <see cref="SocketException"/> where the port is taken.</summary>
    public static Socket Udp(IPEndPoint at)
        => Bound(new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = UdpBuffer }, at);

    /// <summary>A listening TCP socket. Throws <see cref="SocketException"/> where the port is taken.</summary>
    public static Socket Tcp(IPEndPoint at)
    {
        var socket = Bound(new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, at);
        socket.Listen(512);
        return socket;
    }

    private static Socket Bound(Socket socket, IPEndPoint at)
    {
        try
        {
            // Free binding outlives the interface: when the engine makes its bridge anew, the sockets serve on.
            if (OperatingSystem.IsLinux()) socket.SetRawSocketOption(IpLevel, IpFreebind, BitConverter.GetBytes(1));
            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
