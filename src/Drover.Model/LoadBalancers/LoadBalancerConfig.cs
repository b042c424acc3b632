using Drover.Model.Kernel;

namespace Drover.Model.LoadBalancers;

/// <summary>Settings of a load balancer as 1.5 kept them.</summary>
[Kind("loadBalancerConfig", IsView = true, Bare = true, Methods = "")]
public sealed record LoadBalancerConfig : Resource;
