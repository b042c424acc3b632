using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type recreateOnQuorumStrategyConfig.</summary>
[Struct("recreateOnQuorumStrategyConfig")]
public sealed record RecreateOnQuorumStrategyConfig
{
    [Field("c", Required = true)]
    public long? Quorum { get; init; }
}
