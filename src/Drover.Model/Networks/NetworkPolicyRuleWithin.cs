using Drover.Model.Kernel;

namespace Drover.Model.Networks;

/// <summary>A network rule's word for who may reach whom.</summary>
[Kind("networkPolicyRuleWithin", IsView = true, Bare = true, Methods = "cr")]
[Allow(Roles.Admin | Roles.User, "cr")]
public sealed record NetworkPolicyRuleWithin : Resource;
