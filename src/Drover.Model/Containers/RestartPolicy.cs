using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type restartPolicy.</summary>
[Struct("restartPolicy")]
public sealed record RestartPolicy
{
    [Field("c", NotNull = true)]
    public long? MaximumRetryCount { get; init; }

    [Field("cu", NotNull = true)]
    public string? Name { get; init; }
}
