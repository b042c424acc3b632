using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>The API type lbTargetConfig.</summary>
[Struct("lbTargetConfig", Methods = "r")]
public sealed record LbTargetConfig
{
    [Field("cu", NotNull = true, Reconciles = true)]
    public EquatableArray<TargetPortRule> PortRules { get; init; }
}
