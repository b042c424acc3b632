namespace Drover.Agent.Docker.Engine.Volumes;

/// <summary>A volume of the engine.</summary>
public sealed record Volume
{
    public required string Name { get; init; }

    public string? Driver { get; init; }

    /// <summary>Where it is mounted on the host; empty while a driver has not mounted it.</summary>
    public string? Mountpoint { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary><c>local</c> or <c>global</c>.</summary>
    public string? Scope { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The driver options it was made with.</summary>
    public IReadOnlyDictionary<string, string>? Options { get; init; }
}

/// <summary>The body of a volume's creation.</summary>
public sealed record CreateVolumeRequest
{
    /// <summary>Null lets the engine invent one.</summary>
    public string? Name { get; init; }

    /// <summary><c>local</c> unless given.</summary>
    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>A list of volumes.</summary>
public sealed record ListVolumesResponse
{
    public IReadOnlyList<Volume>? Volumes { get; init; }

    /// <summary>Drivers that did not answer.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
