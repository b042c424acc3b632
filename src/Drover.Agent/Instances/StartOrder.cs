using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>Which container waits for which on one host.</summary>
internal sealed class StartOrder(Func<string, Instance?> find)
{
    /// <summary>Everything that a change of which may free or bind this container.</summary>
    public static IEnumerable<string> Needs(ContainerAssignment wanted)
        => wanted.NetworkFrom is { } network
            ? [network, .. wanted.VolumesFrom.Items, .. wanted.StartAfter.Items]
            : [.. wanted.VolumesFrom.Items, .. wanted.StartAfter.Items];

    /// <summary>What must exist before it is created, for people; null for nothing.</summary>
    public string? CreateWaitsFor(ContainerAssignment wanted)
    {
        IEnumerable<string> must = wanted.NetworkFrom is { } network ? [network, .. wanted.VolumesFrom.Items] : wanted.VolumesFrom.Items;
        return must.Where(uuid => find(uuid) is not { Exists: true }).Select(Waiting).FirstOrDefault();
    }

    /// <summary>What must run before it is started, for people; null for nothing.</summary>
    public string? StartWaitsFor(ContainerAssignment wanted)
    {
        if (wanted.NetworkFrom is { } network && find(network) is not { State: SeenState.Running }) return Waiting(network);
        return wanted.StartAfter.Items.Where(uuid => IsAwaited(uuid, wanted.Uuid)).Select(Waiting).FirstOrDefault();
    }

    /// <summary>True where the container whose network it shares was started after it.</summary>
    public bool NetworkLost(ContainerAssignment wanted, ContainerStatus? engine)
        => wanted.NetworkFrom is { } network
            && find(network) is { State: SeenState.Running, Engine.StartedAt: { } parent }
            && engine?.StartedAt < parent;

    /// <summary>The engine's ids of what it refers to, by uuid.</summary>
    public Dictionary<string, string> EngineIds(ContainerAssignment wanted)
    {
        var ids = new Dictionary<string, string>();
        foreach (var uuid in Needs(wanted))
        {
            if (find(uuid)?.EngineId is { } id) ids[uuid] = id;
        }

        return ids;
    }

    /// <summary>Order alone holds nobody up for good: one that failed, has ended or waits for this one in turn is not waited for.</summary>
    private bool IsAwaited(string uuid, string waiter)
        => find(uuid) is { Wanted.Wanted: WantedState.Running, Failures: 0 } other
            && other.State != SeenState.Running
            && other.State != SeenState.Removed
            && other.Memory.Generation < other.Wanted.Generation
            && !WaitsFor(other.Wanted, waiter, []);

    private bool WaitsFor(ContainerAssignment from, string uuid, HashSet<string> visited)
        => visited.Add(from.Uuid) && Needs(from).Any(need => need == uuid || (find(need)?.Wanted is { } next && WaitsFor(next, uuid, visited)));

    private string Waiting(string uuid) => $"Waiting for {find(uuid)?.Wanted?.Name ?? uuid}";
}
