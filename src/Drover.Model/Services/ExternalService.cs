using Drover.Model.Containers;
using Drover.Model.Kernel;

namespace Drover.Model.Services;

/// <summary>A name for addresses outside, or for another name.</summary>
[Kind("externalService", Family = "service", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("addservicelink", Input = "addRemoveServiceLinkInput", Roles = Roles.Superadmin)]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[Action("removeservicelink", Input = "addRemoveServiceLinkInput", Roles = Roles.Superadmin)]
[Action("setservicelinks", Input = "setServiceLinksInput", Roles = Roles.Superadmin)]
[Inherited("assignServiceIpAddress", "-", NotNull = true, Default = "false")]
[Inherited("createIndex", "-", MaxLength = 255, Filter = true)]
[Inherited("currentScale", "-", NotNull = true)]
[Inherited("lbConfig", "-", Reconciles = true)]
[Inherited("publicEndpoints", "-")]
[Inherited("retainIp", "-", Reconciles = true)]
[Inherited("scale", "-", NotNull = true, Default = "1", Min = 0, Reconciles = true)]
[Inherited("scalePolicy", "-", Reconciles = true)]
[Inherited("secondaryLaunchConfigs", "-", NotNull = true)]
[Inherited("selectorContainer", "-", MaxLength = 4096, Filter = true, Reconciles = true)]
[Inherited("selectorLink", "-", MaxLength = 4096, Filter = true, Reconciles = true)]
[Inherited("vip", "-", MaxLength = 255, Filter = true)]
public sealed record ExternalService : Service
{
    [Field("cu", Reconciles = true)]
    public EquatableArray<string> ExternalIpAddresses { get; init; }

    [Field("c")]
    public InstanceHealthCheck? HealthCheck { get; init; }

    [Field("cu", Reconciles = true)]
    public string? Hostname { get; init; }
}
