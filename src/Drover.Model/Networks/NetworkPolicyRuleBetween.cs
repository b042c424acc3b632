using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>The API type networkPolicyRuleBetween.</summary>
[Struct("networkPolicyRuleBetween")]
public sealed record NetworkPolicyRuleBetween
{
    [Field("c", NotNull = true)]
    public string? GroupBy { get; init; }

    [Field("c", NotNull = true)]
    public string? Selector { get; init; }
}
