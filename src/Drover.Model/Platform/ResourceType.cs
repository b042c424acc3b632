using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The base of every answer.</summary>
[Struct("resource", Methods = "")]
public sealed record ResourceType
{
    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? Actions { get; init; }

    [Field("r", NotNull = true)]
    public string? BaseType { get; init; }

    [Field("r", NotNull = true)]
    public string? Id { get; init; }

    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? Links { get; init; }

    [Field("r", NotNull = true)]
    public string? Type { get; init; }
}
