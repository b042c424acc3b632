namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>The body of a container's creation.</summary>
public sealed record CreateContainerRequest : ContainerConfig
{
    public HostConfig? HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }
}

/// <summary>The networks a container begins with, by name; engines before API 1.44 take one.</summary>
public sealed record NetworkingConfig
{
    public IReadOnlyDictionary<string, EndpointSettings>? EndpointsConfig { get; init; }
}

/// <summary>What became of a creation.</summary>
public sealed record CreateContainerResponse
{
    public required string Id { get; init; }

    /// <summary>What the engine dropped because the kernel cannot do it.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
