using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.LoadBalancers;

/// <summary>A service whose containers are load balancers.</summary>
[Kind("loadBalancerService", Family = "service", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[Inherited("createIndex", "-", MaxLength = 255, Filter = true)]
[Inherited("launchConfig", "cu", Required = true, Reconciles = true)]
[Inherited("secondaryLaunchConfigs", "-", NotNull = true)]
[Inherited("selectorContainer", "-", MaxLength = 4096, Filter = true, Reconciles = true)]
public sealed record LoadBalancerService : Service
{
    /// <summary>What it balances; it shows as `lbConfig`, where other services tell what a balancer shall know of them.</summary>
    [Field("cu", Name = "lbConfig", Required = true, Reconciles = true)]
    public LbConfig? Balancing { get; init; }
}
