using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.Orchestrators;

/// <summary>A service that Kubernetes runs.</summary>
[Kind("kubernetesService", Family = "service", Methods = "r", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[Inherited("assignServiceIpAddress", "-", NotNull = true, Default = "false")]
[Inherited("createIndex", "-", MaxLength = 255, Filter = true)]
[Inherited("currentScale", "-", NotNull = true)]
[Inherited("fqdn", "-")]
[Inherited("launchConfig", "-")]
[Inherited("lbConfig", "-", Reconciles = true)]
[Inherited("metadata", "-", Reconciles = true)]
[Inherited("publicEndpoints", "-")]
[Inherited("retainIp", "-", Reconciles = true)]
[Inherited("scale", "-", NotNull = true, Default = "1", Min = 0, Reconciles = true)]
[Inherited("scalePolicy", "-", Reconciles = true)]
[Inherited("secondaryLaunchConfigs", "-", NotNull = true)]
[Inherited("selectorContainer", "r", MaxLength = 4096, Filter = true, Reconciles = true)]
[Inherited("selectorLink", "-", MaxLength = 4096, Filter = true, Reconciles = true)]
[Inherited("startOnCreate", "-", Default = "false")]
[Inherited("upgrade", "-")]
[Inherited("vip", "r", MaxLength = 255, Filter = true)]
public sealed record KubernetesService : Service
{
    [Field("r", NotNull = true)]
    public RawJson? Template { get; init; }
}
