using Drover.Model.Kernel;

namespace Drover.Model.Orchestrators;

/// <summary>The input of a Kubernetes stack's upgrade.</summary>
[Struct("kubernetesStackUpgrade")]
public sealed record KubernetesStackUpgrade
{
    [Field("c", Type = "map[json]", NotNull = true)]
    public RawJson? Answers { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Environment { get; init; }

    [Field("c", NotNull = true)]
    public string? ExternalId { get; init; }

    [Field("c", NotNull = true)]
    public EquatableMap<string> Templates { get; init; }
}
