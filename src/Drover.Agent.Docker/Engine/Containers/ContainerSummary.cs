namespace Drover.Agent.Docker.Engine.Containers;

/// <summary>One container in a list.</summary>
public sealed record ContainerSummary
{
    public required string Id { get; init; }

    /// <summary>Each with a leading slash; links add more than one.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The image's name, or its id once the name belongs to another image.</summary>
    public string? Image { get; init; }

    public string? ImageID { get; init; }

    public string? Command { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    public IReadOnlyList<ContainerPort>? Ports { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>See <see cref="ContainerState.Status"/>.</summary>
    public string? State { get; init; }

    /// <summary>For people, such as "Up 3 minutes".</summary>
    public string? Status { get; init; }

    public SummaryNetworkSettings? NetworkSettings { get; init; }

    public IReadOnlyList<MountPoint>? Mounts { get; init; }

    /// <summary>Bytes, when sizes were asked for.</summary>
    public long? SizeRw { get; init; }

    /// <summary>Bytes, when sizes were asked for.</summary>
    public long? SizeRootFs { get; init; }
}

/// <summary>A port in a list.</summary>
public sealed record ContainerPort
{
    public string? IP { get; init; }

    public int PrivatePort { get; init; }

    /// <summary>Null when not published.</summary>
    public int? PublicPort { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    public string? Type { get; init; }
}

/// <summary>The networks of a container in a list, by name.</summary>
public sealed record SummaryNetworkSettings
{
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}

/// <summary>How a waited-for container ended.</summary>
public sealed record ContainerWaitResponse
{
    /// <summary>The exit code.</summary>
    public long StatusCode { get; init; }

    public WaitError? Error { get; init; }
}

/// <summary>Why a wait failed although the container existed.</summary>
public sealed record WaitError(string? Message);
