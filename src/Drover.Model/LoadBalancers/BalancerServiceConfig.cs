using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>Settings of a balancer as 1.5 kept them.</summary>
[Kind("balancerServiceConfig", IsView = true, Bare = true, Methods = "")]
public sealed record BalancerServiceConfig : Resource;
