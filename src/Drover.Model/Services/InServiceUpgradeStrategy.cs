using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type inServiceUpgradeStrategy.</summary>
[Struct("inServiceUpgradeStrategy")]
public sealed record InServiceUpgradeStrategy
{
    [Field("c", Default = "1", Min = 1)]
    public long? BatchSize { get; init; }

    [Field("-")]
    public bool FullUpgrade { get; init; }

    [Field("c", Default = "2000", Min = 100)]
    public long? IntervalMillis { get; init; }

    [Field("c")]
    public LaunchConfig? LaunchConfig { get; init; }

    [Field("r")]
    public LaunchConfig? PreviousLaunchConfig { get; init; }

    [Field("r", NotNull = true)]
    public EquatableArray<SecondaryLaunchConfig> PreviousSecondaryLaunchConfigs { get; init; }

    [Field("c", NotNull = true)]
    public EquatableArray<SecondaryLaunchConfig> SecondaryLaunchConfigs { get; init; }

    [Field("c", Default = "false")]
    public bool StartFirst { get; init; }
}
