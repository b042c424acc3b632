using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>One container as the agent keeps it between steps. Touched by the agent's loop alone.</summary>
internal sealed class Instance(string uuid)
{
    /// <summary>After so many failures before its first start the host says that it cannot run it (CTR-17).</summary>
    public const int Tries = 5;

    public string Uuid { get; } = uuid;

    /// <summary>Null for a container that nobody assigned.</summary>
    public ContainerAssignment? Wanted { get; set; }

    /// <summary>What the engine showed last; null where it has nothing of it.</summary>
    public ContainerStatus? Engine { get; set; }

    public InstanceMemory Memory { get; set; } = new();

    /// <summary>True where <see cref="Memory"/> holds what this or an earlier agent did with it, and is not a guess.</summary>
    public bool Remembered { get; set; }

    /// <summary>The step under way; null at rest.</summary>
    public Step? InFlight { get; set; }

    /// <summary>Ends the step under way.</summary>
    public CancellationTokenSource? Cancel { get; set; }

    /// <summary>How long the stop under way waits; null for the engine's own.</summary>
    public long? StopSeconds { get; set; }

    /// <summary>Looks at the engine that began before this stamp tell nothing new.</summary>
    public long Touched { get; set; }

    /// <summary>True where something happened during the step that the step itself does not explain.</summary>
    public bool LookAgain { get; set; }

    /// <summary>When somebody sent it a signal on the engine; null since its last start.</summary>
    public DateTimeOffset? SignalledAt { get; set; }

    public bool ImageReady { get; set; }

    /// <summary>Steps in a row that failed.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? NotBefore { get; set; }

    public string? Error { get; set; }

    /// <summary>True where the engine will not do it however often it is asked.</summary>
    public bool Hopeless { get; set; }

    public bool Rejected { get; set; }

    public string? Progress { get; set; }

    /// <summary>What the server heard of it last in this session; null for nothing.</summary>
    public ContainerStatus? Reported { get; set; }

    /// <summary>What it waits for; null where it does not.</summary>
    public Step.Wait? Waits { get; set; }

    public SeenState State => Engine?.State ?? (Memory.EngineId is null ? SeenState.Nothing : SeenState.Removed);

    /// <summary>The engine's id; null where the engine has nothing of it.</summary>
    public string? EngineId => Engine?.EngineId;

    /// <summary>True while the engine has it.</summary>
    public bool Exists => State is SeenState.Created or SeenState.Running or SeenState.Exited;

    /// <summary>True where the generation counts as failed: it is tried on, but nobody should wait for it.</summary>
    public bool HasFailed => Hopeless || Failures >= Tries;

    /// <summary>True where a server may hear of it.</summary>
    public bool IsShown => Wanted is not null || Engine is not null;

    /// <summary>Takes a new assignment; what failed before is tried at once where it asks for something new.</summary>
    public void Assign(ContainerAssignment? wanted)
    {
        if (wanted is not null && (wanted.Generation != Wanted?.Generation || wanted.Wanted != Wanted.Wanted || wanted.RestartCount != Wanted.RestartCount))
        {
            Failures = 0;
            NotBefore = null;
            Error = null;
            Rejected = false;
            Hopeless = false;
        }

        Wanted = wanted;
    }

    /// <summary>Counts a failed step and sets when it is tried next.</summary>
    public void Fail(string error, bool hopeless, DateTimeOffset now)
    {
        Failures++;
        Error = error;
        NotBefore = now + BackOff.OfFailures(Failures);
        Hopeless = hopeless;
        Rejected = Memory.StartCount == 0 && HasFailed;
    }

    /// <summary>Forgets the failures before a step that went well.</summary>
    public void Succeed()
    {
        Failures = 0;
        NotBefore = null;
        Error = null;
        Rejected = false;
        Hopeless = false;
    }

    public ContainerStatus Status()
        => (Engine ?? new ContainerStatus { Uuid = Uuid }) with
        {
            Uuid = Uuid,
            State = InFlight is Step.Pull ? SeenState.Pulling
                : State == SeenState.Nothing && Wanted?.Wanted == WantedState.Removed ? SeenState.Removed
                : State,
            Generation = HasFailed && Wanted is not null ? Wanted.Generation : Memory.Generation,
            RestartCount = Memory.RestartCount,
            StartCount = Memory.StartCount,
            Progress = Progress ?? (Waits is { Until: null } waits ? waits.Reason : null),
            Error = Error,
            Rejected = Rejected,
            NextTry = Waits?.Until,
        };
}
