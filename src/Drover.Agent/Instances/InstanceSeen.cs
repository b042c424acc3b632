using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>All that <see cref="InstanceStep"/> may know of a container: what the engine shows and what the agent remembers.</summary>
public sealed record InstanceSeen
{
    /// <summary><see cref="SeenState.Nothing"/> where it never was there, <see cref="SeenState.Removed"/> where it was and is gone.</summary>
    public SeenState State { get; init; }

    /// <summary>True where its image was made ready since it was last tried.</summary>
    public bool ImageReady { get; init; }

    /// <summary>The newest generation of the assignment that was reached.</summary>
    public long Generation { get; init; }

    /// <summary>The restart count that was reached.</summary>
    public long RestartCount { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Start of the run that an unfinished restart shall end; null where none is under way.</summary>
    public DateTimeOffset? RestartFrom { get; init; }

    public long? ExitCode { get; init; }

    /// <summary>True where somebody stopped the last run on the engine itself.</summary>
    public bool StoppedByHand { get; init; }

    /// <summary>Runs in a row that ended by themselves before they were stable.</summary>
    public int Ends { get; init; }

    /// <summary>When the last of them ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>No step before this instant; null where none failed.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What must be there before it is created, for people; null for nothing.</summary>
    public string? CreateWaitsFor { get; init; }

    /// <summary>What must run before it is started, for people; null for nothing.</summary>
    public string? StartWaitsFor { get; init; }

    /// <summary>True where the container whose network it shares was started after it: what it holds is a dead network.</summary>
    public bool NetworkLost { get; init; }
}
