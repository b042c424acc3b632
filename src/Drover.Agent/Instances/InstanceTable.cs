using System.Collections.Immutable;
using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>
/// The containers of a host: what is wanted of each, what the engine shows, and who must be looked at again. Touched by the agent's
/// loop alone, but for <see cref="Stamp"/>.
/// </summary>
internal sealed class InstanceTable
{
    private readonly Dictionary<string, Instance> _byUuid = [];
    private readonly Dictionary<string, string> _uuids = [];
    private readonly Dictionary<string, HashSet<string>> _dependents = [];
    private long _stamp;

    public InstanceTable() => Order = new StartOrder(Find);

    public StartOrder Order { get; }

    public IReadOnlyCollection<Instance> All => _byUuid.Values;

    /// <summary>Uuids whose next step is to be decided.</summary>
    public HashSet<string> Dirty { get; } = [];

    /// <summary>Uuids whose status the server has not heard.</summary>
    public HashSet<string> Unreported { get; } = [];

    /// <summary>Uuids whose memory is not on disk.</summary>
    public HashSet<string> Unsaved { get; } = [];

    /// <summary>Uuids that are gone and that nobody wants, to be reported once.</summary>
    public HashSet<string> Gone { get; } = [];

    /// <summary>Rises with every step; a look at the engine is named after the stamp it began at. Any thread.</summary>
    public long Stamp => Interlocked.Read(ref _stamp);

    public Instance? Find(string uuid) => _byUuid.GetValueOrDefault(uuid);

    public Instance? FindByEngineId(string engineId) => _uuids.TryGetValue(engineId, out var uuid) ? Find(uuid) : null;

    /// <summary>The next stamp.</summary>
    public long NextStamp() => Interlocked.Increment(ref _stamp);

    /// <summary>Takes up what an earlier agent remembered.</summary>
    public void Remember(string uuid, InstanceMemory memory)
    {
        var instance = Ensure(uuid);
        instance.Memory = memory;
        instance.Remembered = true;
        if (memory.EngineId is { } id) _uuids[id] = uuid;
    }

    /// <summary>Takes a new assignment; null where it is no longer wanted in any way.</summary>
    public void Assign(string uuid, ContainerAssignment? wanted)
    {
        var instance = Ensure(uuid);
        foreach (var need in instance.Wanted is { } old ? StartOrder.Needs(old) : []) _dependents.GetValueOrDefault(need)?.Remove(uuid);
        if (wanted is not null)
        {
            foreach (var need in StartOrder.Needs(wanted)) DependentsOf(need).Add(uuid);
            if (wanted.ImportedId is { } imported) TakeOver(instance, imported);
            if (!instance.Remembered && instance.Engine is { } found)
            {
                SetMemory(instance, InstanceMemory.OfFound(wanted, found).Observed(wanted, found, EndCause.Itself));
                instance.Remembered = true;
            }
        }

        instance.Assign(wanted);
        Touch(instance);
    }

    /// <summary>Ends the wait of a container for its next try.</summary>
    public void TryNow(string uuid)
    {
        if (Find(uuid) is not { NotBefore: not null } instance) return;
        instance.NotBefore = null;
        Touch(instance);
    }

    /// <summary>Takes what the engine has in all.</summary>
    /// <param name="all">Every container there is.</param>
    /// <param name="stamp">The stamp at which the engine was asked.</param>
    public void Listed(ImmutableArray<ContainerStatus> all, long stamp)
    {
        var listed = new HashSet<string>();
        foreach (var status in all.OrderBy(status => status.State == SeenState.Running ? 0 : 1).ThenByDescending(status => status.StartedAt))
        {
            var instance = InstanceOf(status, listed);
            if (instance is null) continue;
            listed.Add(instance.Uuid);
            Look(instance, status, stamp);
        }

        foreach (var instance in _byUuid.Values.Where(instance => instance.Engine is not null && !listed.Contains(instance.Uuid)).ToList())
            Look(instance, null, stamp);
    }

    /// <summary>Takes what the engine shows of one container; false where the look is older than the last step and must be repeated.</summary>
    public bool Observed(string engineId, ContainerStatus? status, long stamp)
    {
        var instance = FindByEngineId(engineId) ?? (status is null ? null : InstanceOf(status, []));
        return instance is null || Look(instance, status, stamp);
    }

    /// <summary>Takes an event of the engine. Returns true where its container must be looked at.</summary>
    public bool Noticed(RuntimeEvent happened, DateTimeOffset now)
    {
        var instance = FindByEngineId(happened.EngineId);
        if (instance is null) return happened.Action == "start";
        if (happened.Action == "kill" && instance.InFlight is not (Step.Stop or Step.Restart or Step.Remove)) instance.SignalledAt = now;
        if (happened.Action == "start") instance.SignalledAt = null;
        if (happened.Action is not ("start" or "die" or "destroy" or "pause" or "unpause" or "rename")) return false;
        if (instance.InFlight is not { } step) return true;
        instance.LookAgain |= !Explains(step, happened.Action);
        return false;
    }

    /// <summary>An engine that goes down stops its containers; that is nobody's hand.</summary>
    public void EngineLost(DateTimeOffset now)
    {
        foreach (var instance in _byUuid.Values)
        {
            instance.SignalledAt = null;
            if (instance.Memory is not { StoppedByHand: true, EndedAt: { } end } || now - end >= TimeSpan.FromSeconds(30)) continue;
            SetMemory(instance, instance.Memory with { StoppedByHand = false });
            Touch(instance);
        }
    }

    /// <summary>Takes what a look showed. The cause counts where it shows an end.</summary>
    public void Set(Instance instance, ContainerStatus? status, EndCause cause)
    {
        if (status is null && instance.Wanted is null)
        {
            Forget(instance.Uuid);
            return;
        }

        if (status?.EngineId is { } id) _uuids[id] = instance.Uuid;
        if (status is not null)
        {
            var memory = instance.Remembered ? instance.Memory : InstanceMemory.OfFound(instance.Wanted, status);
            SetMemory(instance, memory.Observed(instance.Wanted, status, cause));
            instance.Remembered |= instance.Wanted is not null;
        }

        if (instance.Engine == status) return;
        instance.Engine = status;
        Touch(instance);
    }

    public void SetMemory(Instance instance, InstanceMemory memory)
    {
        if (instance.Memory == memory) return;
        instance.Memory = memory;
        Unsaved.Add(instance.Uuid);
        Unreported.Add(instance.Uuid);
    }

    /// <summary>Marks it and all that wait for it.</summary>
    public void Touch(Instance instance)
    {
        Dirty.Add(instance.Uuid);
        Unreported.Add(instance.Uuid);
        if (_dependents.TryGetValue(instance.Uuid, out var waiting)) Dirty.UnionWith(waiting);
    }

    /// <summary>Drops all that is known of it.</summary>
    public void Forget(string uuid)
    {
        if (!_byUuid.Remove(uuid, out var instance)) return;
        foreach (var id in new[] { instance.EngineId, instance.Memory.EngineId })
        {
            if (id is not null && _uuids.GetValueOrDefault(id) == uuid) _uuids.Remove(id);
        }

        foreach (var need in instance.Wanted is { } old ? StartOrder.Needs(old) : []) _dependents.GetValueOrDefault(need)?.Remove(uuid);
        Dirty.Remove(uuid);
        Unreported.Remove(uuid);
        Unsaved.Add(uuid);
        Gone.Add(uuid);
    }

    private bool Look(Instance instance, ContainerStatus? status, long stamp)
    {
        if (instance.InFlight is not null)
        {
            instance.LookAgain = true;
            return true;
        }

        if (stamp < instance.Touched) return false;
        Set(instance, status, CauseOf(instance, status));
        return true;
    }

    private static bool Explains(Step step, string action) => step switch
    {
        Step.Start => action == "start",
        Step.Stop or Step.Restart => action == "die",
        Step.Remove => action is "die" or "destroy",
        _ => false,
    };

    private static EndCause CauseOf(Instance instance, ContainerStatus? status)
        => status?.FinishedAt is { } end && instance.SignalledAt is { } signal && (end - signal).Duration() < TimeSpan.FromSeconds(15)
            ? EndCause.Hand
            : EndCause.Itself;

    /// <summary>The container that a status speaks of; null for one that is not to be shown: a copy of another's label, or one by hand that never ran (CTR-34).</summary>
    private Instance? InstanceOf(ContainerStatus status, HashSet<string> taken)
    {
        if (status.EngineId is not { } id) return null;
        if (FindByEngineId(id) is { } known) return known;
        if (status is { Imported: not null, State: SeenState.Created }) return null;
        if (taken.Contains(status.Uuid)) return null;
        var instance = Ensure(status.Uuid);
        return instance.Engine is null || instance.EngineId == id ? instance : null;
    }

    private void TakeOver(Instance instance, string engineId)
    {
        if (FindByEngineId(engineId) is not { } other || other == instance) return;
        (instance.Engine, instance.Memory) = (other.Engine, other.Memory);
        Forget(other.Uuid);
        _uuids[engineId] = instance.Uuid;
    }

    private Instance Ensure(string uuid)
    {
        if (!_byUuid.TryGetValue(uuid, out var instance))
        {
            _byUuid[uuid] = instance = new Instance(uuid);
            Gone.Remove(uuid);
        }

        return instance;
    }

    private HashSet<string> DependentsOf(string uuid)
    {
        if (!_dependents.TryGetValue(uuid, out var set)) _dependents[uuid] = set = [];
        return set;
    }
}
