using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.LoadBalancers;

/// <summary>A service whose containers are load balancers.</summary>
[Kind("loadBalancerService", Family = "service", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[Inherited("createIndex", "-", MaxLength = 255, Filter = true)]
[Inherited("launchConfig", "cu", Required = true, Reconciles = true)]
[Inherited("lbConfig", "cu", Type = "lbConfig", Required = true, Reconciles = true)]
[Inherited("secondaryLaunchConfigs", "-", NotNull = true)]
[Inherited("selectorContainer", "-", MaxLength = 4096, Filter = true, Reconciles = true)]
public sealed record LoadBalancerService : Service;
