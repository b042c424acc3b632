using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>
/// Decides whether a container that ended is started again (CTR-13, CTR-32, CTR-33, SVC-36). The host decides, not the engine:
/// it needs no server for it, tells a crash from a stop by hand, and knows what start-once means.
/// </summary>
public static class RestartRule
{
    /// <summary>A run of this length ends a series of crashes.</summary>
    public static readonly TimeSpan StableRun = TimeSpan.FromSeconds(10);

    /// <summary>Whether the run that ended is followed by another.</summary>
    public static bool StartsAgain(ContainerAssignment wanted, InstanceSeen seen)
        => IsAsked(wanted, seen) || (!wanted.StartOnce && (wanted.KeepRunning || PolicySaysSo(wanted, seen)));

    /// <summary>Somebody asked for a start since it ended, or a restart is half done: an end is final for its generation only.</summary>
    public static bool IsAsked(ContainerAssignment wanted, InstanceSeen seen)
        => IsNews(wanted, seen) || wanted.RestartCount > seen.RestartCount || seen.RestartFrom is not null;

    /// <summary>Somebody asked for something since. The first generation of a container that was started by hand tells how it was found and asks for nothing (CTR-34).</summary>
    public static bool IsNews(ContainerAssignment wanted, InstanceSeen seen)
        => wanted.Generation > Math.Max(seen.Generation, wanted.ImportedId is null ? 0 : 1);

    /// <summary>The earliest instant of the next start by this rule; null where it is at once.</summary>
    public static DateTimeOffset? NotBefore(InstanceSeen seen)
        => seen is { Ends: > 0, EndedAt: { } endedAt } ? endedAt + BackOff.OfEnds(seen.Ends) : null;

    private static bool PolicySaysSo(ContainerAssignment wanted, InstanceSeen seen)
        => !seen.StoppedByHand && wanted.Spec?.RestartPolicy is { } policy && policy.Name switch
        {
            "always" or "unless-stopped" => true,
            "on-failure" => seen.ExitCode is not (0 or null)
                && (policy.MaximumRetryCount is null or <= 0 || seen.Ends <= policy.MaximumRetryCount),
            _ => false,
        };
}
