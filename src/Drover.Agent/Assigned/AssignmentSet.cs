using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Protocol;

namespace Drover.Agent.Assigned;

/// <summary>All that a host was told to run. Immutable; a message makes the next one.</summary>
public sealed record AssignmentSet
{
    /// <summary>Nothing was ever assigned.</summary>
    public static AssignmentSet Empty { get; } = new();

    /// <summary>Number of the last message of the session; 0 where a complete one must come first.</summary>
    public long Sequence { get; init; }

    /// <summary>By uuid; those that leave are wanted as removed until they are gone.</summary>
    public ImmutableDictionary<string, ContainerAssignment> Containers { get; init; } = ImmutableDictionary<string, ContainerAssignment>.Empty;

    /// <summary>Uuids that are forgotten once they are gone from the engine.</summary>
    public ImmutableHashSet<string> Leaving { get; init; } = [];

    /// <summary>By the engine's name.</summary>
    public ImmutableDictionary<string, VolumeAssignment> Volumes { get; init; } = ImmutableDictionary<string, VolumeAssignment>.Empty;

    /// <summary>Names of volumes to remove.</summary>
    public ImmutableHashSet<string> LeavingVolumes { get; init; } = [];

    public NetworkAssignment? Network { get; init; }

    public EnvironmentView Environment { get; init; } = EnvironmentView.Empty;

    /// <summary>The set of a new session: what is known stays, the numbers start again.</summary>
    public AssignmentSet ForNewSession() => this with { Sequence = 0 };

    /// <summary>What follows from one message of the server. A volume goes only where it is named: what nobody speaks of may hold data.</summary>
    public AssignmentChange After(Assignments message)
    {
        if (!message.Complete && message.Sequence <= Sequence) return AssignmentChange.None(this);
        if (!message.Complete && message.Sequence != Sequence + 1) return AssignmentChange.None(this) with { Gap = true };
        if (!message.Complete && Sequence == 0) return AssignmentChange.None(this) with { Gap = true };

        var named = message.Containers.Items;
        var removed = message.Complete
            ? [.. message.RemovedContainers.Items, .. Containers.Keys.Except(named.Select(container => container.Uuid))]
            : message.RemovedContainers.Items;
        var containers = Containers
            .SetItems(removed.Select(uuid => KeyValuePair.Create(uuid, Leave(uuid))))
            .SetItems(named.Select(container => KeyValuePair.Create(container.Uuid, container)));
        var removedVolumes = message.Complete
            ? [.. message.RemovedVolumes.Items, .. LeavingVolumes]
            : message.RemovedVolumes.Items;
        var next = this with
        {
            Sequence = message.Sequence,
            Containers = containers,
            Leaving = Leaving.Union(removed).Except(named.Select(container => container.Uuid)),
            Volumes = (message.Complete ? Volumes.Clear() : Volumes.RemoveRange(removedVolumes)).SetItems(message.Volumes.Items.Select(volume => KeyValuePair.Create(volume.Name, volume))),
            LeavingVolumes = LeavingVolumes.Union(removedVolumes).Except(message.Volumes.Items.Select(volume => volume.Name)),
            Network = message.Network ?? (message.Complete ? null : Network),
            Environment = message.Environment is { } delta ? Environment.After(delta) : Environment,
        };
        return new AssignmentChange(next, Touched(removed, named, containers), next.Volumes != Volumes || next.LeavingVolumes != LeavingVolumes, message.Environment is not null || next.Network != Network, Gap: false)
        {
            Again = message.Complete ? [] : [.. named.Where(container => container.Equals(Containers.GetValueOrDefault(container.Uuid))).Select(container => container.Uuid)],
        };
    }

    /// <summary>The set after a container that leaves is gone.</summary>
    public AssignmentSet Without(string uuid) => this with { Containers = Containers.Remove(uuid), Leaving = Leaving.Remove(uuid) };

    /// <summary>The set after a volume that leaves is gone.</summary>
    public AssignmentSet WithoutVolume(string name) => this with { LeavingVolumes = LeavingVolumes.Remove(name) };

    /// <summary>One complete message that says the same; its receiver starts from <see cref="Empty"/>.</summary>
    public Assignments ToMessage() => new(
        Sequence,
        Complete: true,
        Containers.Values.Where(container => !Leaving.Contains(container.Uuid)).OrderBy(container => container.Uuid, StringComparer.Ordinal).ToEquatableArray(),
        Leaving.Order(StringComparer.Ordinal).ToEquatableArray(),
        Volumes.Values.OrderBy(volume => volume.Name, StringComparer.Ordinal).ToEquatableArray(),
        LeavingVolumes.Order(StringComparer.Ordinal).ToEquatableArray(),
        Network,
        EnvironmentDelta.Of(Environment));

    private ContainerAssignment Leave(string uuid)
        => (Containers.GetValueOrDefault(uuid) ?? new ContainerAssignment { Uuid = uuid }) with { Wanted = WantedState.Removed };

    private ImmutableArray<string> Touched(ImmutableArray<string> removed, ImmutableArray<ContainerAssignment> named, ImmutableDictionary<string, ContainerAssignment> next)
        => [.. removed.Concat(named.Select(container => container.Uuid)).Distinct()
            .Where(uuid => !next[uuid].Equals(Containers.GetValueOrDefault(uuid)) || (removed.Contains(uuid) && !Leaving.Contains(uuid)))];
}

/// <summary>What one message changed.</summary>
/// <param name="Next">The set after it.</param>
/// <param name="Touched">Uuids of the containers whose assignment is another one now.</param>
/// <param name="VolumesChanged">True where volumes came or go.</param>
/// <param name="EnvironmentChanged">True where names or the network changed.</param>
/// <param name="Gap">True where a message before this one was missed: a complete one must be asked for.</param>
public sealed record AssignmentChange(AssignmentSet Next, ImmutableArray<string> Touched, bool VolumesChanged, bool EnvironmentChanged, bool Gap)
{
    /// <summary>Uuids that were named although nothing of them changed: what waits for its next try is tried now.</summary>
    public ImmutableArray<string> Again { get; init; } = [];

    /// <summary>Nothing changed.</summary>
    public static AssignmentChange None(AssignmentSet set) => new(set, [], false, false, false);
}
