namespace Drover.Agent.Docker.Engine.Images;

/// <summary>How an image is built of a context.</summary>
public sealed record BuildImageRequest
{
    /// <summary>Names for the result.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The Dockerfile's path in the context; <c>Dockerfile</c> unless given.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>A git repository or URL that is the context, in place of a tar.</summary>
    public string? Remote { get; init; }

    public IReadOnlyDictionary<string, string>? BuildArgs { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public bool NoCache { get; init; }

    /// <summary>Removes the containers of its steps when it succeeds; the engine's default is true.</summary>
    public bool Rm { get; init; } = true;

    /// <summary>Removes them when it fails too.</summary>
    public bool ForceRm { get; init; }

    /// <summary>Credentials for the images it begins from, by registry.</summary>
    public IReadOnlyDictionary<string, RegistryAuth>? AuthByRegistry { get; init; }
}
