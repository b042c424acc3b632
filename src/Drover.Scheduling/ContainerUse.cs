using Drover.Model.Kernel;

namespace Drover.Scheduling;

/// <summary>What one container takes on its host, and what rules of others may look at.</summary>
/// <param name="Id">The container's number.</param>
/// <param name="Name">Its name; null where it has none.</param>
public sealed record ContainerUse(long Id, string? Name)
{
    public EquatableArray<PortClaim> Ports { get; init; } = [];

    /// <summary>Reserved bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Reserved thousandths of a processor.</summary>
    public long MilliCpu { get; init; }

    public EquatableMap<string> Labels { get; init; }
}
