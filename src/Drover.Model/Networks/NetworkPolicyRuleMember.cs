using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>The API type networkPolicyRuleMember.</summary>
[Struct("networkPolicyRuleMember")]
public sealed record NetworkPolicyRuleMember
{
    [Field("c", NotNull = true)]
    public string? Selector { get; init; }
}
