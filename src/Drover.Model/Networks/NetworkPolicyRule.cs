using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>The API type networkPolicyRule.</summary>
[Struct("networkPolicyRule")]
[Allow(Roles.User | Roles.Admin, "cr")]
public sealed record NetworkPolicyRule
{
    [Field("c", Type = "enum", Options = ["allow", "deny"], NotNull = true)]
    public string? Action { get; init; }

    [Field("c", NotNull = true)]
    public NetworkPolicyRuleBetween? Between { get; init; }

    [Field("c", NotNull = true)]
    public NetworkPolicyRuleMember? From { get; init; }

    [Field("c", NotNull = true)]
    public EquatableArray<string> Ports { get; init; }

    [Field("c", NotNull = true)]
    public NetworkPolicyRuleMember? To { get; init; }

    [Field("c", Type = "enum", Options = ["stack", "service", "linked"], NotNull = true)]
    public string? Within { get; init; }
}
