using Drover.Server.Images;
using Drover.Server.Networks;
using Drover.Server.Ports;
using Drover.Server.Services;

namespace Drover.Server.Registries;

/// <summary>Registries, and the rows that 1.6 kept beside containers: images, ports, addresses, links.</summary>
internal static class RegistriesSlice
{
    public static void Register(ServerParts parts)
        => parts.Pieces.Add(new RegistryRules()).Add(new ImageRows()).Add(new PortRows()).Add(new IpAddressRows()).Add(new ServiceConsumeMapRows()).Add(new ServiceExposeMapRows());
}
