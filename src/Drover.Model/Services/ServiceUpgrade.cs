using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type serviceUpgrade.</summary>
[Struct("serviceUpgrade")]
public sealed record ServiceUpgrade
{
    [Field("c")]
    public InServiceUpgradeStrategy? InServiceStrategy { get; init; }

    [Field("-", NotNull = true)]
    public ServiceUpgradeStrategy? Strategy { get; init; }

    [Field("c")]
    public ToServiceUpgradeStrategy? ToServiceStrategy { get; init; }
}
