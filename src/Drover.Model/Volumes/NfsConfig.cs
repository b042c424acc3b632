using Drover.Model.Kernel;

namespace Drover.Model.Volumes;

/// <summary>A share that backups are written to over NFS.</summary>
[Struct("nfsConfig", Methods = "r")]
public sealed record NfsConfig
{
    [Field("c")]
    public string? MountOptions { get; init; }

    [Field("c", NotNull = true, Required = true)]
    public string? Server { get; init; }

    [Field("c", NotNull = true, Required = true)]
    public string? Share { get; init; }
}
