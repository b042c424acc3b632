using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type ulimit.</summary>
[Struct("ulimit")]
public sealed record Ulimit
{
    [Field("c")]
    public long? Hard { get; init; }

    [Field("c", NotNull = true)]
    public string? Name { get; init; }

    [Field("c")]
    public long? Soft { get; init; }
}
