using Drover.Model.Kernel;

namespace Drover.Model.Stacks;

/// <summary>The API type stackUpgrade.</summary>
[Struct("stackUpgrade")]
public sealed record StackUpgrade
{
    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? Answers { get; init; }

    [Field("-", NotNull = true)]
    public Binding? Binding { get; init; }

    [Field("c", NotNull = true)]
    public string? DockerCompose { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Environment { get; init; }

    [Field("c", NotNull = true)]
    public string? ExternalId { get; init; }

    [Field("c", NotNull = true)]
    public string? RancherCompose { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Templates { get; init; }
}
