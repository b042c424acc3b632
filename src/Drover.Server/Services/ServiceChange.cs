using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Services;

/// <summary>One thing that a service needs done, as a value.</summary>
public abstract record ServiceChange
{
    private ServiceChange()
    {
    }

    /// <summary>Makes a unit, or what is missing of one: all of these containers in one write.</summary>
    /// <param name="Index">The number in the names.</param>
    /// <param name="Launches">What to make, each after those it needs.</param>
    /// <param name="Unit">The unit that they complete; null for a new one.</param>
    /// <param name="HostId">The host asked for; null for any.</param>
    public sealed record Create(long Index, ImmutableArray<Launch> Launches, Unit? Unit = null, long? HostId = null) : ServiceChange;

    /// <summary>Stops and removes a container.</summary>
    /// <param name="ContainerId">The container.</param>
    /// <param name="Reason">Why, for the service's log.</param>
    public sealed record Retire(long ContainerId, string Reason) : ServiceChange;

    /// <summary>Takes public ports; the containers are made when it has them.</summary>
    /// <param name="Ports">All that the service has then.</param>
    public sealed record TakePorts(EquatableMap<long> Ports) : ServiceChange;

    public sealed record Start(long ContainerId) : ServiceChange;

    public sealed record Stop(long ContainerId) : ServiceChange;

    /// <summary>Ends the run of a container and begins another, for a restart of the service.</summary>
    /// <param name="ContainerId">The container.</param>
    /// <param name="RestartCount">The restarts of the service that it has seen then.</param>
    public sealed record Restart(long ContainerId, long RestartCount) : ServiceChange;

    /// <summary>Stops a container that an upgrade replaces, and keeps it until the upgrade is finished or rolled back (UPG-03).</summary>
    public sealed record SetAside(long ContainerId) : ServiceChange;

    /// <summary>Takes a container back that was set aside (UPG-07).</summary>
    /// <param name="ContainerId">The container.</param>
    /// <param name="Starts">True to start it as well.</param>
    public sealed record Restore(long ContainerId, bool Starts) : ServiceChange;

    /// <summary>Sets the scales of the service and of the one it moves to (UPG-10).</summary>
    /// <param name="Scale">The service's own.</param>
    /// <param name="ToServiceId">The other one; null where it is gone.</param>
    /// <param name="ToScale">The other one's.</param>
    public sealed record Shift(long Scale, long? ToServiceId, long ToScale) : ServiceChange;
}

/// <summary>What a service needs done now, and when to look again.</summary>
/// <param name="Changes">In the order in which they are done.</param>
/// <param name="WakeAt">When something is due although nothing changes; null for never.</param>
public sealed record ServicePlan(ImmutableArray<ServiceChange> Changes, DateTimeOffset? WakeAt = null)
{
    public static ServicePlan Nothing { get; } = new([]);

    /// <summary>True while an upgrade has something left to do, or to wait for.</summary>
    public bool IsOpen { get; init; }

    /// <summary>True where all that an upgrade has replaced so far runs well and more is to follow.</summary>
    public bool IsProven { get; init; }

    /// <summary>What an upgrade waits for, as a sentence; null for nothing.</summary>
    public string? Waits { get; init; }
}
