using System.Text.Json.Serialization;

namespace Drover.Agent.Docker.Engine.Images;

/// <summary>All that the engine knows of one image.</summary>
public sealed record ImageInspect
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? RepoTags { get; init; }

    public IReadOnlyList<string>? RepoDigests { get; init; }

    public string? Parent { get; init; }

    public DateTimeOffset? Created { get; init; }

    public string? Author { get; init; }

    public string? Architecture { get; init; }

    public string? Os { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>What containers made of it begin with.</summary>
    public ContainerConfig? Config { get; init; }
}

/// <summary>One image in a list.</summary>
public sealed record ImageSummary
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? RepoTags { get; init; }

    public IReadOnlyList<string>? RepoDigests { get; init; }

    public string? ParentId { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>How many containers use it; -1 when not counted.</summary>
    public long Containers { get; init; }
}

/// <summary>A tag or an image that a removal took.</summary>
public sealed record ImageDeleteItem
{
    public string? Untagged { get; init; }

    public string? Deleted { get; init; }
}

/// <summary>One line of progress of a pull, load, import or build.</summary>
public sealed record ImageProgress
{
    /// <summary>For people, such as "Downloading".</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>The layer it is about.</summary>
    [JsonPropertyName("id")] public string? Id { get; init; }

    /// <summary>Output of a build or a load.</summary>
    [JsonPropertyName("stream")] public string? Stream { get; init; }

    [JsonPropertyName("progressDetail")] public ImageProgressDetail? ProgressDetail { get; init; }

    [JsonInclude, JsonPropertyName("error")] internal string? Error { get; init; }

    [JsonInclude, JsonPropertyName("aux")] internal ImageProgressResult? Aux { get; init; }
}

/// <summary>How far a layer is.</summary>
public sealed record ImageProgressDetail
{
    /// <summary>Bytes so far.</summary>
    [JsonPropertyName("current")] public long Current { get; init; }

    /// <summary>Bytes in all; 0 when unknown.</summary>
    [JsonPropertyName("total")] public long Total { get; init; }
}

/// <summary>What a build made.</summary>
internal sealed record ImageProgressResult
{
    public string? ID { get; init; }
}
