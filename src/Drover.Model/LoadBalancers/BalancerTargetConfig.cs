using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>Settings of a balancer's target as 1.5 kept them.</summary>
[Kind("balancerTargetConfig", IsView = true, Bare = true, Methods = "")]
public sealed record BalancerTargetConfig : Resource;
