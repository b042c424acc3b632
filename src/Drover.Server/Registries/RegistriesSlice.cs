using Drover.Server.Containers;
using Drover.Server.Ports;

namespace Drover.Server.Registries;

/// <summary>Registries, and the rows that 1.6 kept beside containers: images, ports, addresses, links, labels, mounts.</summary>
internal static class RegistriesSlice
{
    public static void Register(ServerParts parts)
    {
        parts.Pieces.Add(new RegistryRules()).Add(new PortRows());
        foreach (var rows in ContainerRows.All) parts.Pieces.Add(rows);
    }
}
