using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>A service that is a name for other services.</summary>
[Kind("dnsService", Family = "service", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[Inherited("createIndex", "-", MaxLength = 255, Filter = true)]
[Inherited("currentScale", "-", NotNull = true)]
[Inherited("lbConfig", "-", Reconciles = true)]
[Inherited("publicEndpoints", "-")]
[Inherited("scale", "-", NotNull = true, Default = "1", Min = 0, Reconciles = true)]
[Inherited("scalePolicy", "-", Reconciles = true)]
[Inherited("secondaryLaunchConfigs", "-", NotNull = true)]
[Inherited("selectorContainer", "-", MaxLength = 4096, Filter = true, Reconciles = true)]
[Inherited("vip", "-", MaxLength = 255, Filter = true)]
public sealed record DnsService : Service
{
    [Field("-", NotNull = true)]
    public EquatableArray<string> Dns { get; init; }
}
