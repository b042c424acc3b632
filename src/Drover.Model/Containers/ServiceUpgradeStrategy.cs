using Drover.Model.Kernel;

namespace Drover.Model.Containers;

/// <summary>The API type serviceUpgradeStrategy.</summary>
[Struct("serviceUpgradeStrategy", Methods = "r")]
public sealed record ServiceUpgradeStrategy
{
    [Field("c", Default = "1", Min = 1)]
    public long? BatchSize { get; init; }

    [Field("c", Default = "2000", Min = 100)]
    public long? IntervalMillis { get; init; }
}
