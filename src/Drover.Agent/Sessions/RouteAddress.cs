using System.Net;
using System.Net.Sockets;

namespace Drover.Agent.Sessions;

/// <summary>This machine's address on the route to its server: the one that other machines most likely reach it by (HOST-09).</summary>
internal sealed class RouteAddress(Uri server)
{
    private string? _address;

    /// <summary>Null until a route was found.</summary>
    public string? Address => Volatile.Read(ref _address);

    /// <summary>Looks again; sends nothing but a question for the server's name. What was found before stays where there is no answer.</summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        try
        {
            var all = await Dns.GetHostAddressesAsync(server.DnsSafeHost, cancel);
            var to = all.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? all[0];
            using var socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(to, server.Port, cancel);
            if (socket.LocalEndPoint is IPEndPoint { Address: var address }) Volatile.Write(ref _address, address.ToString());
        }
        catch (Exception none) when (none is SocketException or IndexOutOfRangeException)
        {
            // no route now: the next try may find one
        }
    }
}
