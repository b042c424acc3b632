using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Scheduling;

namespace Drover.Server.Containers;

/// <summary>What a container takes on its host, as the scheduler counts it.</summary>
public static class ContainerUses
{
    /// <summary>A container that rests takes no ports (SCH-03).</summary>
    public static ContainerUse Of(Container container) => new(container.Id, container.Name)
    {
        Ports = container.Running ? [.. PublishedPort.ClaimsOf(container.Spec)] : [],
        Memory = container.Spec.MemoryReservation ?? 0,
        MilliCpu = container.Spec.MilliCpuReservation ?? 0,
        Labels = container.Labels,
    };

    /// <summary>True where the container waits for a host.</summary>
    public static bool IsUnplaced(Entry entry)
        => entry is { IsRemoved: false, Wanted: Container { HostId: null, Running: true, RemoveRequested: false, ImportedId: null } };

    /// <summary>True where the host that has it could not run it even once.</summary>
    public static bool IsRejected(Entry entry)
        => entry is { IsRemoved: false, Wanted: Container { HostId: not null, Running: true, RemoveRequested: false }, Seen: ContainerSeen { State: "error", Failed: true, StartCount: null } };
}
