using Drover.Protocol;

namespace Drover.Agent.Docker.Wanted;

/// <summary>Where a container stands in the network, and what follows for the rest of its settings.</summary>
/// <param name="Mode">The engine's network mode.</param>
/// <param name="Endpoint">What it asks of that network; null where it has no choice.</param>
internal sealed record NetworkPlace(string Mode, EndpointSettings? Endpoint)
{
    private const string Container = "container";

    /// <summary>True where the network is another container's: the engine refuses names, ports and DNS of its own.</summary>
    public bool IsShared => Mode.StartsWith("container:", StringComparison.Ordinal);

    /// <summary>True on the managed network, where the platform's DNS is usual.</summary>
    public bool IsManaged => Mode == ManagedNetwork.Name;

    /// <summary>True where ports can be published.</summary>
    public bool HasPorts => !IsShared && Mode is not ("host" or "none");

    /// <summary>Reads the place from what is wanted; throws not found when the container it shares with is not there.</summary>
    public static NetworkPlace Of(ContainerAssignment wanted, IReadOnlyDictionary<string, string> engineIds)
    {
        var spec = wanted.Spec;
        if (wanted.NetworkFrom is { } other)
            return new NetworkPlace($"{Container}:{EngineId(other, engineIds)}", null);
        return spec?.NetworkMode switch
        {
            null or "" or "managed" => new NetworkPlace(ManagedNetwork.Name, Settings(wanted.Address, null, wanted)),
            Container => throw new RuntimeException(RuntimeFailure.Invalid, "Network mode \"container\" names no container"),
            "bridge" or "default" => new NetworkPlace("bridge", null),
            "host" or "none" => new NetworkPlace(spec.NetworkMode, null),
            var named => new NetworkPlace(named, Settings(spec.Ip, spec.Ip6, wanted)),
        };
    }

    /// <summary>The engine's id of another container of this host.</summary>
    public static string EngineId(string uuid, IReadOnlyDictionary<string, string> engineIds) =>
        engineIds.TryGetValue(uuid, out var id)
            ? id
            : throw new RuntimeException(RuntimeFailure.NotFound, $"The container {uuid} that it depends on is not on this host");

    private static EndpointSettings Settings(string? ip4, string? ip6, ContainerAssignment wanted) => new()
    {
        IPAMConfig = ip4 is null && ip6 is null ? null : new EndpointIpamConfig { IPv4Address = ip4, IPv6Address = ip6 },
        Aliases = wanted.Spec is { NetAlias.Count: > 0 } spec ? spec.NetAlias.Items : null,
    };
}
