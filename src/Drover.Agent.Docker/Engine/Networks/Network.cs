namespace Drover.Agent.Docker.Engine.Networks;

/// <summary>A network of the engine.</summary>
public sealed record Network
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary><c>local</c>, <c>global</c> or <c>swarm</c>.</summary>
    public string? Scope { get; init; }

    public string? Driver { get; init; }

    public bool EnableIPv6 { get; init; }

    public Ipam? IPAM { get; init; }

    public bool Internal { get; init; }

    public bool Attachable { get; init; }

    /// <summary>By container id; filled by inspect alone.</summary>
    public IReadOnlyDictionary<string, NetworkContainer>? Containers { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>Who gives out a network's addresses, and from where.</summary>
public sealed record Ipam
{
    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyList<IpamConfig>? Config { get; init; }
}

/// <summary>One subnet of a network, in CIDR notation.</summary>
public sealed record IpamConfig
{
    public string? Subnet { get; init; }

    public string? IPRange { get; init; }

    public string? Gateway { get; init; }

    /// <summary>Addresses that are never given out, by a name of the caller's.</summary>
    public IReadOnlyDictionary<string, string>? AuxiliaryAddresses { get; init; }
}

/// <summary>A container in a network.</summary>
public sealed record NetworkContainer
{
    public string? Name { get; init; }

    public string? EndpointID { get; init; }

    public string? MacAddress { get; init; }

    /// <summary>With the prefix length behind a slash.</summary>
    public string? IPv4Address { get; init; }

    public string? IPv6Address { get; init; }
}

/// <summary>A container's place in a network: what is asked for on connecting, and what it has.</summary>
public sealed record EndpointSettings
{
    public EndpointIpamConfig? IPAMConfig { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Further names in the network's own DNS.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public string? NetworkID { get; init; }

    public string? EndpointID { get; init; }

    public string? Gateway { get; init; }

    public string? IPAddress { get; init; }

    public int? IPPrefixLen { get; init; }

    public string? IPv6Gateway { get; init; }

    public string? GlobalIPv6Address { get; init; }

    public int? GlobalIPv6PrefixLen { get; init; }

    public string? MacAddress { get; init; }
}

/// <summary>Addresses that are asked for.</summary>
public sealed record EndpointIpamConfig
{
    public string? IPv4Address { get; init; }

    public string? IPv6Address { get; init; }

    public IReadOnlyList<string>? LinkLocalIPs { get; init; }
}
