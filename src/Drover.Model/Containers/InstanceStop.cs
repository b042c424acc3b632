using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type instanceStop.</summary>
[Struct("instanceStop")]
public sealed record InstanceStop
{
    [Field("c")]
    public bool Remove { get; init; }

    [Field("c", NotNull = true)]
    public long? Timeout { get; init; }
}
