using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>The API type composeConfig.</summary>
[Struct("composeConfig", Methods = "r")]
public sealed record ComposeConfig
{
    [Field("r", NotNull = true)]
    public string? DockerComposeConfig { get; init; }

    [Field("r", NotNull = true)]
    public string? RancherComposeConfig { get; init; }
}
