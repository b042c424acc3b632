namespace Drover.Agent.Docker.Engine.Networks;

/// <summary>The body of a network's creation.</summary>
public sealed record CreateNetworkRequest
{
    public required string Name { get; init; }

    /// <summary>Refuses a name that exists; engines from API 1.44 always do.</summary>
    public bool? CheckDuplicate { get; init; } = true;

    /// <summary>Such as <c>bridge</c>.</summary>
    public string? Driver { get; init; }

    /// <summary>Without a way out.</summary>
    public bool? Internal { get; init; }

    public bool? Attachable { get; init; }

    public bool? EnableIPv6 { get; init; }

    public Ipam? IPAM { get; init; }

    /// <summary>The driver's, such as <c>com.docker.network.bridge.name</c>.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>What became of a network's creation.</summary>
public sealed record CreateNetworkResponse
{
    public required string Id { get; init; }

    public string? Warning { get; init; }
}

/// <summary>The body of a connect.</summary>
internal sealed record ConnectNetworkRequest(string Container, EndpointSettings? EndpointConfig);

/// <summary>The body of a disconnect.</summary>
internal sealed record DisconnectNetworkRequest(string Container, bool Force);
