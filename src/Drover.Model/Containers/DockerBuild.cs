using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type dockerBuild.</summary>
[Struct("dockerBuild")]
public sealed record DockerBuild
{
    [Field("c")]
    public string? Context { get; init; }

    [Field("c")]
    public string? Dockerfile { get; init; }

    [Field("c")]
    public bool Forcerm { get; init; }

    [Field("c")]
    public bool Nocache { get; init; }

    [Field("c")]
    public string? Remote { get; init; }

    [Field("c")]
    public bool Rm { get; init; }

    [Field("-")]
    public string? Tag { get; init; }
}
