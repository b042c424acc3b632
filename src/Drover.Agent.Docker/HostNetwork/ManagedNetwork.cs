using System.Globalization;
using System.Net;
using Drover.Protocol;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>The managed network as one of the engine's bridges. Every address is the server's to give.</summary>
public static class ManagedNetwork
{
    /// <summary>Its name on the engine.</summary>
    public const string Name = "drover";

    /// <summary>The host's interface on it.</summary>
    public const string Bridge = "drover0";

    private const string BridgeOption = "com.docker.network.bridge.name", MtuOption = "com.docker.network.driver.mtu";

    /// <summary>What the engine is asked to make.</summary>
    public static CreateNetworkRequest Request(NetworkAssignment network) => new()
    {
        Name = Name,
        Driver = "bridge",
        Attachable = true,
        IPAM = new Ipam
        {
            Driver = "default",
            Config = [new IpamConfig { Subnet = network.Subnet, Gateway = network.Gateway, IPRange = LastBlock(network.Subnet) }],
        },
        Options = Options(network),
        Labels = new Dictionary<string, string> { ["io.rancher.cni.network"] = Name },
    };

    /// <summary>Whether what the engine has is what is wanted.</summary>
    public static bool IsAsWanted(Network seen, NetworkAssignment wanted) =>
        seen.IPAM?.Config is [var only] && only.Subnet == wanted.Subnet && only.Gateway == wanted.Gateway
        && seen.Options?.GetValueOrDefault(BridgeOption) == Bridge
        && seen.Options.GetValueOrDefault(MtuOption) == Options(wanted).GetValueOrDefault(MtuOption);

    /// <summary>
    /// The last 256 addresses, from which alone the engine may pick for containers that ask for none: elsewhere it would
    /// hand out what the server gives to another. Null where the network is too small to set them apart.
    /// </summary>
    private static string? LastBlock(string subnet)
    {
        if (!IPNetwork.TryParse(subnet, out var parsed) || parsed.PrefixLength > 20 || parsed.BaseAddress.GetAddressBytes() is not [_, _, _, _] bytes)
            return null;
        var first = BitConverter.ToUInt32([.. bytes.Reverse()]);
        var last = first | (uint.MaxValue >> parsed.PrefixLength);
        return $"{new IPAddress([.. BitConverter.GetBytes(last & 0xFFFFFF00).Reverse()])}/24";
    }

    private static Dictionary<string, string> Options(NetworkAssignment network)
    {
        var options = new Dictionary<string, string> { [BridgeOption] = Bridge };
        if (network.Mtu is { } mtu) options[MtuOption] = mtu.ToString(CultureInfo.InvariantCulture);
        return options;
    }
}
