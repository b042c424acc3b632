using Drover.Model.Containers;
using Drover.Protocol;
using Drover.Reconcile;

namespace Drover.Server.Containers;

/// <summary>What a host's report makes of a container.</summary>
/// <param name="Wanted">What is wanted of it from now on: the host is the truth about what runs.</param>
/// <param name="Seen">Its status.</param>
public sealed record Reported(Container Wanted, ContainerSeen Seen)
{
    /// <summary>True where it is gone from the host for good.</summary>
    public bool IsGone { get; init; }

    /// <summary>True where the host cannot run it at all: it is placed anew.</summary>
    public bool IsRejected { get; init; }
}

/// <summary>Reads a host's report of one container. Reads no clock, no store.</summary>
public static class ContainerReport
{
    /// <summary>How long a host that rejected a container is left out.</summary>
    public static readonly TimeSpan RejectedFor = TimeSpan.FromSeconds(30);

    /// <param name="wanted">What is wanted of the container.</param>
    /// <param name="seen">Its status so far.</param>
    /// <param name="status">What the host says.</param>
    /// <param name="now">The time of the report.</param>
    public static Reported Read(Container wanted, ContainerSeen seen, ContainerStatus status, DateTimeOffset now)
    {
        if (status.State == SeenState.Removed) return new Reported(wanted, seen) { IsGone = true };
        var facts = seen with
        {
            ExternalId = status.EngineId ?? seen.ExternalId,
            StartCount = Math.Max(status.StartCount, seen.StartCount ?? 0) is > 0 and var count ? count : null,
            FirstRunning = seen.FirstRunning ?? (status.State == SeenState.Running ? status.StartedAt ?? now : null),
            RestartCount = Math.Max(status.RestartCount, seen.RestartCount),
            ExitCode = status.State == SeenState.Exited ? status.ExitCode : null,
        };
        if (status.Generation < wanted.Generation) return new Reported(wanted, UnderWay(facts, wanted, status, now));
        if (status.Error is { } error && IsFailure(wanted, status)) return Failed(wanted, facts, status, error, now);
        if (wanted.RemoveRequested) return status.State is SeenState.Nothing ? new Reported(wanted, facts) { IsGone = true } : new Reported(wanted, facts);
        return status.State switch
        {
            SeenState.Running => new Reported(wanted with { Running = true }, Resting(facts, wanted, "running")),
            SeenState.Exited => new Reported(wanted, Ended(facts, wanted, status, now)),
            SeenState.Created or SeenState.Nothing when !wanted.Running => new Reported(wanted, Resting(facts, wanted, "stopped")),
            _ => new Reported(wanted, UnderWay(facts, wanted, status, now)),
        };
    }

    /// <summary>The text that 1.6 shows while the host works on it.</summary>
    public static string? Message(ContainerStatus status)
        => status.Progress is not { } progress ? null
            : status.State == SeenState.Pulling ? $"Storage : {progress}" : progress;

    private static ContainerSeen UnderWay(ContainerSeen facts, Container wanted, ContainerStatus status, DateTimeOffset now)
    {
        var next = facts with { TransitioningMessage = Message(status) ?? status.Error, Failed = status.Error is not null };
        if (status.Error is { } error) return next with { Why = Waiting.For(facts.Why, error, now, status.NextTry) };
        return next with { Why = Waiting.For(facts.Why, Message(status) ?? Reason(wanted), now, status.NextTry) };
    }

    // What shall rest and does is well, whatever went wrong on the way.
    private static bool IsFailure(Container wanted, ContainerStatus status)
        => wanted.RemoveRequested || wanted.Running != (status.State == SeenState.Running);

    private static string Reason(Container wanted) => wanted switch
    {
        { RemoveRequested: true } => "The host removes it",
        { Running: true } => "The host starts it",
        _ => "The host stops it",
    };

    private static Reported Failed(Container wanted, ContainerSeen facts, ContainerStatus status, string error, DateTimeOffset now)
    {
        var seen = facts with
        {
            Generation = wanted.Generation,
            State = wanted.Running ? "error" : wanted.State,
            Failed = true,
            TransitioningMessage = error,
            Why = Waiting.For(facts.Why, error, now, status.NextTry),
        };
        return new Reported(wanted, seen) { IsRejected = status.Rejected && wanted is { Running: true, RemoveRequested: false } };
    }

    private static ContainerSeen Resting(ContainerSeen facts, Container wanted, string state)
        => facts with { Generation = wanted.Generation, State = state, Failed = false, TransitioningMessage = null, TransitioningProgress = null, Why = null, RejectedHostIds = default, RejectedUntil = null };

    private static ContainerSeen Ended(ContainerSeen facts, Container wanted, ContainerStatus status, DateTimeOffset now)
    {
        var seen = Resting(facts, wanted, "stopped");
        return status.NextTry is { } next
            ? seen with { Why = Waiting.For(facts.Why, $"It ended with exit code {status.ExitCode ?? 0} and is started again", now, next) }
            : seen;
    }
}
