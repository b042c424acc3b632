using Drover.Agent.Instances;
using Drover.Protocol;

namespace Drover.Agent.Tests.Instances;

/// <summary>What the world looks like after a step that went well, and after the waiting that a step asks for.</summary>
internal static class StepModel
{
    /// <summary>Repeats until nothing is left to do; returns the steps that were done and what is there then. Gives up after 20.</summary>
    public static (List<Step> Done, InstanceSeen Seen) Run(ContainerAssignment wanted, InstanceSeen seen)
    {
        var now = SeenArbitrary.Now;
        var done = new List<Step>();
        for (var turn = 0; turn < 20; turn++)
        {
            var step = InstanceStep.Next(wanted, seen, now);
            switch (step)
            {
                case Step.Nothing:
                    return (done, seen with { Generation = wanted.Generation });
                case Step.Wait { Until: { } until }:
                    now = until;
                    break;
                case Step.Wait:
                    seen = seen with { StartWaitsFor = null, CreateWaitsFor = null };
                    break;
                default:
                    done.Add(step);
                    now += TimeSpan.FromSeconds(1);
                    seen = After(step, wanted, seen, now) with { NotBefore = null };
                    break;
            }
        }

        throw new InvalidOperationException($"No end of it: {string.Join(", ", done.Select(step => step.GetType().Name))}");
    }

    private static InstanceSeen After(Step step, ContainerAssignment wanted, InstanceSeen seen, DateTimeOffset now) => step switch
    {
        Step.Pull => seen with { ImageReady = true },
        Step.Create => new InstanceSeen { State = SeenState.Created, RestartCount = wanted.RestartCount, StartWaitsFor = seen.StartWaitsFor },
        Step.Start => seen with
        {
            State = SeenState.Running,
            StartedAt = now,
            Generation = wanted.Generation,
            RestartCount = wanted.RestartCount,
            RestartFrom = null,
            StoppedByHand = false,
            NetworkLost = false,
        },
        Step.Stop => seen with { State = SeenState.Exited, EndedAt = now, Ends = 0, ExitCode = 0 },
        Step.Restart => seen with { State = SeenState.Exited, EndedAt = now, Ends = 0, ExitCode = 0, RestartFrom = seen.StartedAt, NetworkLost = false },
        Step.Remove => seen with { State = SeenState.Removed, StartedAt = null },
        _ => throw new InvalidOperationException($"{step} changes nothing"),
    };
}
