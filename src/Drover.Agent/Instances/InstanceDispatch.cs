using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>Turns containers that must be looked at into steps to run, and takes back how they went. Touched by the agent's loop alone.</summary>
internal sealed class InstanceDispatch(InstanceTable table)
{
    private readonly Lanes _lanes = new();
    private readonly PriorityQueue<string, DateTimeOffset> _timers = new();

    /// <summary>When the next container is due; null where none waits for time.</summary>
    public DateTimeOffset? Due => _timers.TryPeek(out _, out var due) ? due : null;

    /// <summary>Uuids of containers that were to be removed and forgotten, and are gone.</summary>
    public HashSet<string> Left { get; } = [];

    /// <summary>Decides for all that are dirty. The orders returned are under way from now on, each ended by <see cref="Finish"/>.</summary>
    public List<(Instance Instance, StepOrder Order)> Decide(DateTimeOffset now, Func<string, bool> leaves)
    {
        while (_timers.TryPeek(out var uuid, out var due) && due <= now)
        {
            _timers.Dequeue();
            table.Dirty.Add(uuid);
        }

        var orders = new List<(Instance, StepOrder)>();
        foreach (var uuid in table.Dirty.Order(StringComparer.Ordinal).ToList())
        {
            table.Dirty.Remove(uuid);
            if (table.Find(uuid) is { InFlight: null, Wanted: { } wanted } instance && Decide(instance, wanted, now, leaves(uuid)) is { } order)
                orders.Add((instance, order));
        }

        return orders;
    }

    /// <summary>What <see cref="InstanceStep"/> may know of a container.</summary>
    public InstanceSeen Seen(Instance instance, ContainerAssignment wanted) => new()
    {
        State = instance.State,
        ImageReady = instance.ImageReady,
        Generation = instance.Memory.Generation,
        RestartCount = instance.Memory.RestartCount,
        StartedAt = instance.Engine?.StartedAt,
        RestartFrom = instance.Memory.RestartFrom,
        ExitCode = instance.Engine?.ExitCode,
        StoppedByHand = instance.Memory.StoppedByHand,
        Ends = instance.Memory.Ends,
        EndedAt = instance.Memory.EndedAt,
        NotBefore = instance.NotBefore,
        CreateWaitsFor = table.Order.CreateWaitsFor(wanted),
        StartWaitsFor = table.Order.StartWaitsFor(wanted),
        NetworkLost = table.Order.NetworkLost(wanted, instance.Engine),
    };

    /// <summary>Takes how a step went. Returns true where the engine must be asked again.</summary>
    public bool Finish(Instance instance, StepOrder order, StepOutcome outcome, DateTimeOffset now)
    {
        instance.InFlight = null;
        instance.Cancel?.Dispose();
        instance.Cancel = null;
        instance.Progress = null;
        instance.Touched = table.NextStamp();
        table.Dirty.UnionWith(_lanes.Leave(order.Step, instance.Uuid));
        if (outcome is { Failure: null, Cancelled: false }) Succeed(instance, order, outcome);
        if (outcome.Looked) table.Set(instance, outcome.Engine, order.Step is Step.Stop or Step.Restart ? EndCause.Agent : EndCause.Itself);
        if (outcome.Failure is { } failure) Fail(instance, order, failure, outcome.Error ?? "", now);
        if (table.Find(instance.Uuid) is not null) table.Touch(instance);
        var lookAgain = instance.LookAgain;
        instance.LookAgain = false;
        return lookAgain;
    }

    private StepOrder? Decide(Instance instance, ContainerAssignment wanted, DateTimeOffset now, bool leaves)
    {
        var step = InstanceStep.Next(wanted, Seen(instance, wanted), now);
        SetWaits(instance, step as Step.Wait);
        switch (step)
        {
            case Step.Wait { Until: { } until }:
                _timers.Enqueue(instance.Uuid, until);
                return null;
            case Step.Nothing:
                table.SetMemory(instance, instance.Memory.Settled(wanted));
                if (leaves && wanted.Wanted == WantedState.Removed)
                {
                    table.Forget(instance.Uuid);
                    Left.Add(instance.Uuid);
                }

                return null;
            case Step.Wait:
                return null;
        }

        if (!_lanes.TryEnter(step, instance.Uuid)) return null;
        if (step is Step.Restart) table.SetMemory(instance, instance.Memory.Restarting(instance.Engine?.StartedAt));
        instance.InFlight = step;
        instance.Touched = table.NextStamp();
        instance.Progress = ProgressOf(step);
        table.Unreported.Add(instance.Uuid);
        return new StepOrder(step, wanted, instance.EngineId, table.Order.EngineIds(wanted));
    }

    private void SetWaits(Instance instance, Step.Wait? waits)
    {
        if (instance.Waits == waits) return;
        instance.Waits = waits;
        table.Unreported.Add(instance.Uuid);
    }

    private void Succeed(Instance instance, StepOrder order, StepOutcome outcome)
    {
        instance.Succeed();
        instance.ImageReady = order.Step is Step.Pull;
        if (order.Step is Step.Create && outcome.Engine?.EngineId is { } engineId)
        {
            table.SetMemory(instance, InstanceMemory.OfCreated(order.Container, engineId));
            instance.Remembered = true;
        }
        else if (order.Step is Step.Start)
        {
            table.SetMemory(instance, instance.Memory.Started(order.Container));
            instance.SignalledAt = null;
        }
    }

    private static void Fail(Instance instance, StepOrder order, RuntimeFailure failure, string error, DateTimeOffset now)
    {
        if (failure == RuntimeFailure.Unreachable)
        {
            instance.NotBefore = now + TimeSpan.FromSeconds(1); // tells of the engine, not of the container
            return;
        }

        if (order.Step is Step.Create && failure == RuntimeFailure.NotFound) instance.ImageReady = false;
        instance.Fail(error, failure == RuntimeFailure.Invalid, now);
    }

    private static string ProgressOf(Step step) => step switch
    {
        Step.Pull pull => $"Pulling {pull.Image}",
        Step.Create => "Creating",
        Step.Start => "Starting",
        Step.Stop => "Stopping",
        Step.Restart => "Restarting",
        _ => "Removing",
    };
}
