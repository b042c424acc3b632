using Drover.Model.Kernel;

namespace Drover.Model.Streams;

/// <summary>The input of logs: how many lines, and whether to follow.</summary>
[Struct("containerLogs", Plural = "containerLogses")]
public sealed record ContainerLogs
{
    [Field("c", Default = "true")]
    public bool Follow { get; init; } = true;

    [Field("c", Default = "100", Min = 0)]
    public long? Lines { get; init; } = 100;

    [Field("c", NotNull = true)]
    public string? Since { get; init; }

    [Field("c", Default = "true")]
    public bool? Timestamps { get; init; } = true;
}
