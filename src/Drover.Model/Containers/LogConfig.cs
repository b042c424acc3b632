using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type logConfig.</summary>
[Struct("logConfig")]
public sealed record LogConfig
{
    [Field("c")]
    public EquatableMap<string> Config { get; init; }

    [Field("c")]
    public string? Driver { get; init; }
}
