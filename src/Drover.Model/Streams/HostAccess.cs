using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>Where to open a stream, and the token it takes.</summary>
[Struct("hostAccess", Methods = "r", Plural = "hostAccesses")]
public sealed record HostAccess
{
    [Field("r", NotNull = true)]
    public string? Token { get; init; }

    [Field("r", NotNull = true)]
    public string? Url { get; init; }
}
