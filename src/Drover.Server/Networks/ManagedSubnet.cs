using System.Collections.Immutable;
using System.Globalization;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Model.Networks;
using Drover.Protocol;
using Drover.Store;

namespace Drover.Server.Networks;

/// <summary>The managed network of an environment and its addresses.</summary>
/// <param name="NetworkId">The network's number.</param>
/// <param name="NetworkAddress">The first address, of the network itself.</param>
/// <param name="PrefixLength">Bits that all addresses share.</param>
/// <param name="First">The first address that containers get.</param>
/// <param name="Last">The last address that containers get.</param>
public sealed record ManagedSubnet(long NetworkId, uint NetworkAddress, int PrefixLength, uint First, uint Last)
{
    /// <summary>The engine keeps the last addresses of a large network for containers that were started by hand.</summary>
    private const uint KeptByEngine = 256;

    private const int SmallestLarge = 20;

    /// <summary>The subnet as the engine is told, such as "10.42.0.0/16".</summary>
    public string Cidr => string.Create(CultureInfo.InvariantCulture, $"{Addresses.Text(NetworkAddress)}/{PrefixLength}");

    /// <summary>The managed network of an environment; null where it has none, or one without addresses.</summary>
    public static ManagedSubnet? Of(Snapshot view, long? environmentId)
    {
        if (view.Get<Project>(environmentId)?.DefaultNetworkId is not { } networkId) return null;
        var subnet = view.By<Subnet>("networkId", networkId).FirstOrDefault(s => !s.IsRemoved)?.Wanted as Subnet;
        if (Addresses.Parse(subnet?.NetworkAddress) is not { } network || subnet!.CidrSize is not (>= 8 and <= 28 and var bits)) return null;
        var all = uint.MaxValue >> (int)bits;
        var kept = bits <= SmallestLarge ? KeptByEngine : 1;
        var first = Math.Max(Addresses.Parse(subnet.StartAddress) ?? 0, network + 2);
        var last = Math.Min(Addresses.Parse(subnet.EndAddress) ?? uint.MaxValue, network + all - kept);
        return new ManagedSubnet(networkId, network, (int)bits, first, last);
    }

    /// <summary>The blocks leased to a host, the oldest first.</summary>
    public static ImmutableArray<AddressBlock> BlocksOf(Host host)
        => [.. host.AddressBlocks.Items.Select(AddressBlock.Parse).OfType<AddressBlock>()];

    /// <summary>What the host's engine is told of the network; null before it has a block.</summary>
    public NetworkAssignment? For(Host host)
        => BlocksOf(host) is [var first, ..] ? new NetworkAssignment(Cidr, Addresses.Text(first.Gateway), HostUuid: host.Uuid) : null;
}
