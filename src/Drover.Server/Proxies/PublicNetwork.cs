using System.Net;
using System.Net.Sockets;
using Drover.Model.Kernel;

namespace Drover.Server.Proxies;

/// <summary>Connects to servers elsewhere.</summary>
public interface IOutsideNetwork
{
    /// <summary>A connection to a host. Throws <see cref="ProblemException"/> where there is none to be had.</summary>
    Task<Stream> ConnectAsync(string host, int port, CancellationToken cancel);
}

/// <summary>
/// Asks for the addresses of a name once, refuses a name of which one address lies inside, and connects to what it has checked: whoever answers
/// for the name cannot change the answer between the two.
/// </summary>
/// <param name="resolve">All addresses of a name.</param>
public sealed class PublicNetwork(Func<string, CancellationToken, Task<IPAddress[]>> resolve) : IOutsideNetwork
{
    /// <summary>Asks the machine's own resolver.</summary>
    public static PublicNetwork System { get; } = new((host, cancel) => Dns.GetHostAddressesAsync(host, cancel));

    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancel)
    {
        var addresses = await ResolveAsync(host, cancel);
        if (addresses.Any(address => !PublicAddress.Is(address))) throw new ProblemException(Problem.Forbidden("The host has an address that is not a public one"));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failed)
        {
            socket.Dispose();
            if (failed is SocketException) throw Unreachable();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        try
        {
            return await resolve(host, cancel) is { Length: > 0 } all ? all : throw Unreachable();
        }
        catch (SocketException)
        {
            throw Unreachable();
        }
    }

    private static ProblemException Unreachable() => new(new Problem("Bad Gateway", Message: "Bad Gateway", Status: 502, Detail: "The host cannot be reached"));
}
