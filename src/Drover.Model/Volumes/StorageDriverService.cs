using Drover.Model.Kernel;
using Drover.Model.Services;

namespace Drover.Model.Volumes;

/// <summary>A service whose containers are a storage driver.</summary>
[Kind("storageDriverService", Family = "service", Lifecycle = "service", Seen = typeof(ServiceSeen))]
[Action("certificate", Output = "", Roles = Roles.Superadmin | Roles.ProjectAdmin)]
public sealed record StorageDriverService : Service
{
    [Field("cu", NotNull = true, Required = true, Reconciles = true)]
    public StorageDriver? StorageDriver { get; init; }
}
