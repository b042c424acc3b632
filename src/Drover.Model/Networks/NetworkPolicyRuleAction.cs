using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>A network rule's word for what happens.</summary>
[Kind("networkPolicyRuleAction", IsView = true, Bare = true, Methods = "")]
public sealed record NetworkPolicyRuleAction : Resource;
