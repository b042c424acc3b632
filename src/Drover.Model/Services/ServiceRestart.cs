using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type serviceRestart.</summary>
[Struct("serviceRestart")]
public sealed record ServiceRestart
{
    [Field("c", Required = true, NotNull = true)]
    public RollingRestartStrategy? RollingRestartStrategy { get; init; }
}

/// <summary>The API type rollingRestartStrategy.</summary>
[Struct("rollingRestartStrategy")]
public sealed record RollingRestartStrategy
{
    /// <summary>Containers that are restarted at once.</summary>
    [Field("c", Default = "1", Min = 1)]
    public long? BatchSize { get; init; } = 1;

    /// <summary>Milliseconds between two batches.</summary>
    [Field("c", Default = "2000", Min = 100)]
    public long? IntervalMillis { get; init; } = 2000;

    /// <summary>Start counts of the containers that are still to be restarted, by id; 1.6's own bookkeeping.</summary>
    [Field("-", NotNull = true)]
    public EquatableMap<long> InstanceToStartCount { get; init; }
}
