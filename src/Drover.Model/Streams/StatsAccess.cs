using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>Where to open a stream of statistics, and the token it takes.</summary>
[Struct("statsAccess", Methods = "r", Plural = "statsAccesses")]
public sealed record StatsAccess
{
    [Field("r", NotNull = true)]
    public string? Token { get; init; }

    [Field("r", NotNull = true)]
    public string? Url { get; init; }
}
