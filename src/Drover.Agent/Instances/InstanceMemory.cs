using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>What the agent remembers of a container beside what the engine shows; kept on disk.</summary>
public sealed record InstanceMemory
{
    /// <summary>The engine's id, once it was created or found; null before.</summary>
    public string? EngineId { get; init; }

    /// <inheritdoc cref="InstanceSeen.Generation"/>
    public long Generation { get; init; }

    /// <inheritdoc cref="InstanceSeen.RestartCount"/>
    public long RestartCount { get; init; }

    /// <inheritdoc cref="InstanceSeen.RestartFrom"/>
    public DateTimeOffset? RestartFrom { get; init; }

    /// <inheritdoc cref="InstanceSeen.StoppedByHand"/>
    public bool StoppedByHand { get; init; }

    /// <inheritdoc cref="InstanceSeen.Ends"/>
    public int Ends { get; init; }

    /// <summary>When the last end that was counted happened, by the engine's clock.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Start of the newest run that was counted.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Runs so far, those started by hand included.</summary>
    public long StartCount { get; init; }

    /// <summary>The memory of a container that is found on the engine and was never heard of: an end that nobody saw is taken as final, so that a lost disk starts no finished job again.</summary>
    public static InstanceMemory OfFound(ContainerAssignment? wanted, ContainerStatus found) => found.State switch
    {
        SeenState.Exited => new() { EngineId = found.EngineId, Generation = wanted?.Generation ?? 0, RestartCount = wanted?.RestartCount ?? 0, EndedAt = found.FinishedAt },
        _ => new() { EngineId = found.EngineId, RestartCount = wanted?.RestartCount ?? 0 },
    };

    /// <summary>After it was created for this assignment: a restart asked for before that is done with.</summary>
    public static InstanceMemory OfCreated(ContainerAssignment wanted, string engineId)
        => new() { EngineId = engineId, RestartCount = wanted.RestartCount };

    /// <summary>After a start for this assignment went well.</summary>
    public InstanceMemory Started(ContainerAssignment wanted)
        => this with { Generation = wanted.Generation, RestartCount = wanted.RestartCount, RestartFrom = null, StoppedByHand = false };

    /// <summary>Before the run is ended because a restart is wanted: written down first, so that a crash in between restarts nothing twice.</summary>
    public InstanceMemory Restarting(DateTimeOffset? startedAt) => this with { RestartFrom = startedAt };

    /// <summary>After there was nothing left to do for this assignment: an end from now on belongs to its generation.</summary>
    public InstanceMemory Settled(ContainerAssignment wanted)
        => this with { Generation = wanted.Generation, RestartCount = wanted.RestartCount, RestartFrom = null };

    /// <summary>After the engine was looked at.</summary>
    /// <param name="wanted">Its assignment.</param>
    /// <param name="now">What the engine shows.</param>
    /// <param name="cause">Why it ended, where it did.</param>
    public InstanceMemory Observed(ContainerAssignment? wanted, ContainerStatus now, EndCause cause)
    {
        var next = this with { EngineId = now.EngineId ?? EngineId };
        if (now.StartedAt is not null && now.StartedAt != StartedAt)
            next = next with { StartedAt = now.StartedAt, StartCount = StartCount + 1 };
        if (wanted is not null && now.State == SeenState.Running && RestartFrom is not null && now.StartedAt != RestartFrom)
            next = next with { RestartCount = wanted.RestartCount, RestartFrom = null };
        if (now.State == SeenState.Exited && now.FinishedAt != EndedAt)
            next = next.Ended(now, cause);
        else if (now.State == SeenState.Exited && cause == EndCause.Hand)
            next = next with { StoppedByHand = true };
        return next;
    }

    private InstanceMemory Ended(ContainerStatus now, EndCause cause)
    {
        var stable = now.FinishedAt - now.StartedAt >= RestartRule.StableRun;
        return this with
        {
            EndedAt = now.FinishedAt,
            StoppedByHand = cause == EndCause.Hand,
            Ends = cause == EndCause.Agent ? 0 : stable ? 1 : Ends + 1,
        };
    }
}

/// <summary>Why a run ended.</summary>
public enum EndCause
{
    /// <summary>By itself, or nobody knows.</summary>
    Itself,

    /// <summary>The agent stopped it.</summary>
    Agent,

    /// <summary>Somebody stopped it on the engine.</summary>
    Hand,
}
