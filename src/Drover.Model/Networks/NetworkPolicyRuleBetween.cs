using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>The API type networkPolicyRuleBetween.</summary>
[Struct("networkPolicyRuleBetween")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record NetworkPolicyRuleBetween
{
    [Field("c", NotNull = true)]
    public string? GroupBy { get; init; }

    [Field("c", NotNull = true)]
    public string? Selector { get; init; }
}
