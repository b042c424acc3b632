using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>Words about a field for people.</summary>
[Struct("fieldDocumentation", Methods = "r")]
public sealed record FieldDocumentation
{
    [Field("cu", NotNull = true)]
    public string? Description { get; init; }

    [Field("-", NotNull = true)]
    public string? Placeholder { get; init; }
}
