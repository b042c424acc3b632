using Drover.Agent.Instances;
using Drover.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Agent.Tests.Instances;

/// <summary>Any container in any situation.</summary>
internal static class SeenArbitrary
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string?[] Policies = [null, "no", "always", "unless-stopped", "on-failure"];

    public static Arbitrary<(ContainerAssignment Wanted, InstanceSeen Seen)> Any() => (
        from wanted in AnyWanted()
        from seen in AnySeen()
        select (wanted, seen)).ToArbitrary();

    private static Gen<ContainerAssignment> AnyWanted() =>
        from state in Gen.Elements(WantedState.Running, WantedState.Stopped, WantedState.Removed)
        from generation in Gen.Choose(1, 3)
        from restarts in Gen.Choose(0, 2)
        from once in Gen.Elements(true, false)
        from keep in Gen.Elements(true, false)
        from policy in Gen.Elements(Policies)
        from retries in Gen.Choose(0, 3)
        from imported in Gen.Frequency((1, Gen.Constant(true)), (5, Gen.Constant(false)))
        let container = Tests.Harness.Wanted.Standalone("any", policy, retries: retries) with
        {
            Wanted = state,
            Generation = generation,
            RestartCount = restarts,
            StartOnce = once,
            KeepRunning = keep,
        }
        select imported ? container with { Spec = null, ImportedId = "id" } : container;

    private static Gen<InstanceSeen> AnySeen() =>
        from state in Gen.Elements(SeenState.Nothing, SeenState.Created, SeenState.Running, SeenState.Exited, SeenState.Removed)
        from image in Gen.Elements(true, false)
        from generation in Gen.Choose(0, 3)
        from restarts in Gen.Choose(0, 2)
        from code in Gen.Elements(0L, 1L, 137L)
        from hand in Gen.Elements(true, false)
        from ends in Gen.Choose(0, 5)
        from notBefore in Gen.Elements<int?>(null, -10, 10)
        from startWaits in Gen.Elements<string?>(null, "Waiting for db")
        from restarting in Gen.Elements(0, 1, 2)
        from lost in Gen.Elements(true, false)
        let startedAt = state is SeenState.Running or SeenState.Exited ? Now.AddMinutes(-5) : (DateTimeOffset?)null
        select new InstanceSeen
        {
            State = state,
            ImageReady = image,
            Generation = generation,
            RestartCount = restarts,
            StartedAt = startedAt,
            RestartFrom = startedAt is null ? null : restarting switch { 0 => null, 1 => startedAt, _ => startedAt.Value.AddMinutes(-1) },
            ExitCode = state == SeenState.Exited ? code : null,
            StoppedByHand = state == SeenState.Exited && hand,
            Ends = ends,
            EndedAt = state == SeenState.Exited ? Now.AddSeconds(-1) : null,
            NotBefore = notBefore is { } seconds ? Now.AddSeconds(seconds) : null,
            StartWaitsFor = startWaits,
            NetworkLost = lost && state == SeenState.Running,
        };
}
