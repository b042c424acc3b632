using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.Orchestrators;

/// <summary>A service that Docker Compose started.</summary>
[Kind("composeService", Family = "service", Methods = "rd", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("addservicelink", Input = "addRemoveServiceLinkInput", Roles = Roles.Superadmin)]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
[Action("deactivate", Roles = Roles.Superadmin)]
[Action("removeservicelink", Input = "addRemoveServiceLinkInput", Roles = Roles.Superadmin)]
[Action("restart", Input = "serviceRestart", Roles = Roles.Superadmin)]
[Action("setservicelinks", Input = "setServiceLinksInput", Roles = Roles.Superadmin)]
[Action("update", Roles = Roles.Superadmin)]
[Action("upgrade", Input = "serviceUpgrade", Roles = Roles.Superadmin)]
[Inherited("assignServiceIpAddress", "-", NotNull = true, Default = "false")]
[Inherited("createIndex", "-", MaxLength = 255, Filter = true)]
[Inherited("lbConfig", "-", Reconciles = true)]
[Inherited("metadata", "-", Reconciles = true)]
[Inherited("retainIp", "-", Reconciles = true)]
[Inherited("secondaryLaunchConfigs", "-", NotNull = true)]
[Inherited("upgrade", "-")]
public sealed record ComposeService : Service;
