using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>The API type networkPolicyRuleMember.</summary>
[Struct("networkPolicyRuleMember")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record NetworkPolicyRuleMember
{
    [Field("c", NotNull = true)]
    public string? Selector { get; init; }
}
