using System.Collections.Immutable;

namespace Drover.Scheduling;

/// <summary>Containers that must land on one host together: a deployment unit, or one container.</summary>
/// <param name="Key">Names the request in the answer.</param>
/// <param name="Members">The containers.</param>
public sealed record PlacementRequest(long Key, ImmutableArray<ContainerUse> Members)
{
    /// <summary>The host asked for; null for any.</summary>
    public long? RequestedHostId { get; init; }

    /// <summary>True where the host asked for is taken without looking at rules, ports and room: a single container that its user pinned (SCH-04).</summary>
    public bool Forced { get; init; }

    /// <summary>The only host where it can run, because of volumes or of the rest of its unit; null for any.</summary>
    public long? BoundHostId { get; init; }

    /// <summary>What binds it, for explanations, such as "the volume data is there".</summary>
    public string? BoundBy { get; init; }

    /// <summary>Hosts that could not run it a moment ago.</summary>
    public ImmutableArray<long> RejectedHostIds { get; init; } = [];

    /// <summary>Rules about labels and names, of all members.</summary>
    public ImmutableArray<AffinityRule> Rules { get; init; } = [];
}

/// <summary>A request with its host.</summary>
public readonly record struct Placement(long Key, long HostId);

/// <summary>A request without a host, and why in a sentence.</summary>
public readonly record struct Unplaced(long Key, string Reason);

/// <summary>What came of a batch of requests.</summary>
/// <param name="Placed">Requests with their hosts, in the order of the batch.</param>
/// <param name="Waiting">Requests that fit nowhere.</param>
/// <param name="View">The view with the placed ones in it.</param>
public sealed record PlacementResult(ImmutableArray<Placement> Placed, ImmutableArray<Unplaced> Waiting, ClusterView View);
