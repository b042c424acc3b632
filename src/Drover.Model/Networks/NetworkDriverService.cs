using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.Networks;

/// <summary>A service whose containers are a network driver.</summary>
[Kind("networkDriverService", Family = "service", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
public sealed record NetworkDriverService : Service
{
    [Field("cu", NotNull = true, Required = true, Reconciles = true)]
    public NetworkDriver? NetworkDriver { get; init; }
}
