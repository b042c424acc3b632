using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type toServiceUpgradeStrategy.</summary>
[Struct("toServiceUpgradeStrategy")]
public sealed record ToServiceUpgradeStrategy
{
    [Field("c", Default = "1", Min = 1)]
    public long? BatchSize { get; init; }

    [Field("c", Default = "1", Min = 1)]
    public long? FinalScale { get; init; }

    [Field("c", Default = "2000", Min = 100)]
    public long? IntervalMillis { get; init; }

    [Field("c", NotNull = true), Ref("service")]
    public long? ToServiceId { get; init; }

    [Field("c")]
    public bool UpdateLinks { get; init; }

    /// <summary>The scale of the upgraded service when the upgrade began: where a rollback brings it back to.</summary>
    [Internal]
    public long FromScale { get; init; }

    /// <summary>The scale of the other service when the upgrade began.</summary>
    [Internal]
    public long ToScale { get; init; }
}
