using Drover.Model.Kernel;

namespace Drover.Model.Platform;

/// <summary>The form of every list.</summary>
[Struct("collection", Methods = "")]
public sealed record CollectionType
{
    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? Actions { get; init; }

    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? CreateDefaults { get; init; }

    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? CreateTypes { get; init; }

    [Field("r", Type = "array[resource]", NotNull = true)]
    public RawJson? Data { get; init; }

    [Field("r", Type = "map[array[json]]", NotNull = true)]
    public RawJson? Filters { get; init; }

    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? Links { get; init; }

    [Field("r", NotNull = true)]
    public RawJson? Pagination { get; init; }

    [Field("r", NotNull = true)]
    public string? ResourceType { get; init; }

    [Field("r", NotNull = true)]
    public RawJson? Sort { get; init; }

    [Field("r", Type = "map[json]", NotNull = true)]
    public RawJson? SortLinks { get; init; }

    [Field("r", NotNull = true)]
    public string? Type { get; init; }
}
