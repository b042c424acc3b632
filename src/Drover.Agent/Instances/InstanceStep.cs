using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>Decides what is done next to one container. Reads no clock, no engine, no disk.</summary>
public static class InstanceStep
{
    private static readonly Step Nothing = new Step.Nothing();

    /// <summary>The one step that brings what is seen nearer to what is wanted; <see cref="Step.Nothing"/> at the fixed point.</summary>
    public static Step Next(ContainerAssignment wanted, InstanceSeen seen, DateTimeOffset now)
    {
        var step = wanted.Wanted switch
        {
            WantedState.Removed => TowardsRemoved(seen),
            WantedState.Stopped => TowardsStopped(wanted, seen),
            _ => TowardsRunning(wanted, seen),
        };
        return Delayed(step, NotBefore(step, wanted, seen), now);
    }

    /// <summary>True where a restart was asked for and the run that it shall end is not over.</summary>
    public static bool RestartAsked(ContainerAssignment wanted, InstanceSeen seen)
        => wanted.RestartCount > seen.RestartCount
            && (seen.RestartFrom is null || seen.RestartFrom == seen.StartedAt || seen.State != SeenState.Running);

    private static Step TowardsRemoved(InstanceSeen seen) => seen.State switch
    {
        SeenState.Nothing or SeenState.Pulling or SeenState.Removed => Nothing,
        SeenState.Running => new Step.Stop(),
        _ => new Step.Remove(),
    };

    private static Step TowardsStopped(ContainerAssignment wanted, InstanceSeen seen) => seen.State switch
    {
        SeenState.Running when RestartRule.IsNews(wanted, seen) => new Step.Stop(),
        SeenState.Nothing or SeenState.Pulling => Made(wanted, seen),
        _ => Nothing, // one that was started by hand since it was stopped runs on: its host is right, and the server hears of it
    };

    private static Step TowardsRunning(ContainerAssignment wanted, InstanceSeen seen) => seen.State switch
    {
        SeenState.Nothing or SeenState.Pulling => Made(wanted, seen),
        SeenState.Created => Started(seen),
        SeenState.Running when RestartAsked(wanted, seen) || seen.NetworkLost => new Step.Restart(),
        SeenState.Exited when RestartRule.StartsAgain(wanted, seen) => Started(seen),
        _ => Nothing, // what is gone from the engine is not made again here: its server decides
    };

    private static Step Made(ContainerAssignment wanted, InstanceSeen seen)
        => wanted.Spec?.ImageUuid is not { } image ? Nothing
            : !seen.ImageReady ? new Step.Pull(ImageName.Of(image))
            : seen.CreateWaitsFor is { } reason ? new Step.Wait(null, reason)
            : new Step.Create();

    private static Step Started(InstanceSeen seen)
        => seen.StartWaitsFor is { } reason ? new Step.Wait(null, reason) : new Step.Start();

    private static DateTimeOffset? NotBefore(Step step, ContainerAssignment wanted, InstanceSeen seen)
        => step is Step.Start && seen.State == SeenState.Exited && !RestartRule.IsAsked(wanted, seen)
            ? Later(seen.NotBefore, RestartRule.NotBefore(seen))
            : seen.NotBefore;

    private static Step Delayed(Step step, DateTimeOffset? notBefore, DateTimeOffset now)
        => step.IsAction && notBefore > now ? new Step.Wait(notBefore, "Trying again") : step;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other)
        => one is null ? other : other is null || one > other ? one : other;
}
