using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>The input of proxy: scheme and port inside the container.</summary>
[Struct("containerProxy")]
public sealed record ContainerProxy
{
    [Field("c", Default = "80", Min = 0)]
    public long? Port { get; init; } = 80;

    [Field("c", Type = "enum", NotNull = true, Default = "\"http\"", Options = ["http", "https"])]
    public string? Scheme { get; init; } = "http";
}
