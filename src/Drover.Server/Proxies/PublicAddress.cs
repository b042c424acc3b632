using System.Net;
using System.Net.Sockets;

namespace Drover.Server.Proxies;

/// <summary>Which addresses lie outside: not this machine, not its networks, nothing reserved (IANA's special-purpose registries, RFC 6890).</summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] Inside4 =
    [
        .. "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
            .Split(' ').Select(IPNetwork.Parse),
    ];

    /// <summary>All that is handed out to the world.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    /// <summary>Of that, what is reserved or carries an address of the older protocol.</summary>
    private static readonly IPNetwork[] Inside6 = [.. "2001::/23 2001:db8::/32 2002::/16 3fff::/20".Split(' ').Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Inside4.Any(network => network.Contains(address))
            : Global6.Contains(address) && !Inside6.Any(network => network.Contains(address));
    }
}
