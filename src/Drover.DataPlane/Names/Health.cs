using Drover.Model.Metadata;

namespace Drover.DataPlane.Names;

/// <summary>Which containers are worth naming (DNS-13).</summary>
public static class Health
{
    /// <summary>True while its process runs or is about to.</summary>
    public static bool IsUp(ContainerView container)
        => container.State is "running" or "starting" or "updating-running";

    /// <summary>True where it runs and no health check says otherwise.</summary>
    public static bool IsServing(ContainerView container)
        => IsUp(container) && container.HealthState is null or "" or "healthy" or "updating-healthy";
}
