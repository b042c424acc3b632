using System.Collections.Immutable;
using Drover.Agent.Hooks;
using Drover.Protocol;

namespace Drover.Agent.Instances;

/// <summary>Does one step through the engine and the hooks. Holds no state of containers.</summary>
internal sealed class InstanceRunner(IHostRuntime runtime, PullQueue pulls, ImmutableArray<IInstanceHook> hooks)
{
    private const string PullAlwaysLabel = "io.rancher.container.pull_image";

    /// <summary>No call of the engine frees it, and a new container in its place would lose what this one wrote.</summary>
    private const string StuckAdvice = "The engine was killed while it started this container and holds a remnant of that start: restart the engine, or remove the container if what it wrote may go.";

    /// <summary>Never throws: what went wrong is in the outcome.</summary>
    public async Task<StepOutcome> RunAsync(StepOrder order, HookScope scope, IProgress<string> progress)
    {
        try
        {
            return await DoAsync(order, scope, progress);
        }
        catch (OperationCanceledException) when (scope.Cancel.IsCancellationRequested)
        {
            return new StepOutcome { Cancelled = true };
        }
        catch (RuntimeException failure)
        {
            return await LookAfterAsync(order, scope, new StepOutcome { Failure = failure.Failure, Error = failure.Message });
        }
        catch (Exception defect) when (defect is not OutOfMemoryException)
        {
            return new StepOutcome { Failure = RuntimeFailure.Failed, Error = $"{order.Step.GetType().Name}: {defect.Message}", Defect = defect };
        }
    }

    private async Task<StepOutcome> DoAsync(StepOrder order, HookScope scope, IProgress<string> progress)
    {
        var (step, container, engineId) = (order.Step, order.Container, order.EngineId ?? "");
        switch (step)
        {
            case Step.Pull pull:
                await PullAsync(pull.Image, container, progress, scope.Cancel);
                return new StepOutcome();
            case Step.Create:
                return await CreateAsync(order, scope);
            case Step.Start:
                engineId = await StartAsync(order, engineId, scope);
                break;
            case Step.Stop or Step.Restart:
                await runtime.StopAsync(engineId, container.StopSeconds, scope.Cancel);
                foreach (var hook in hooks) await hook.AfterStopAsync(container, engineId, scope);
                break;
            case Step.Remove:
                await runtime.RemoveAsync(engineId, scope.Cancel);
                foreach (var hook in hooks) await hook.AfterRemoveAsync(container, scope);
                return new StepOutcome { Looked = true };
            default:
                throw new InvalidOperationException($"{step} is nothing to do");
        }

        return new StepOutcome { Looked = true, Engine = await runtime.InspectAsync(engineId, scope.Cancel) };
    }

    /// <summary>Starts it and returns the engine's id; a new one where the old could never start and had never run, so that nothing is lost with it.</summary>
    private async Task<string> StartAsync(StepOrder order, string engineId, HookScope scope)
    {
        foreach (var hook in hooks) await hook.BeforeStartAsync(order.Container, engineId, scope);
        try
        {
            await runtime.StartAsync(engineId, scope.Cancel);
        }
        catch (RuntimeException stuck) when (stuck.Failure == RuntimeFailure.Stuck)
        {
            if (await runtime.InspectAsync(engineId, scope.Cancel) is not { State: SeenState.Created })
                throw new RuntimeException(RuntimeFailure.Stuck, $"{StuckAdvice} The engine says: {stuck.Message}", stuck);
            await runtime.RemoveAsync(engineId, scope.Cancel);
            engineId = (await CreateAsync(order, scope)).Engine?.EngineId ?? throw new RuntimeException(RuntimeFailure.NotFound, "The container that was created anew is gone");
            foreach (var hook in hooks) await hook.BeforeStartAsync(order.Container, engineId, scope);
            await runtime.StartAsync(engineId, scope.Cancel);
        }

        foreach (var hook in hooks) await hook.AfterStartAsync(order.Container, engineId, scope);
        return engineId;
    }

    private async Task PullAsync(string image, ContainerAssignment container, IProgress<string> progress, CancellationToken cancel)
    {
        var always = container.Labels.Find(PullAlwaysLabel) == "always";
        if (always || !await runtime.HasImageAsync(image, cancel))
            await pulls.PullAsync(image, container.RegistryAuth, progress, cancel);
    }

    private async Task<StepOutcome> CreateAsync(StepOrder order, HookScope scope)
    {
        var container = order.Container;
        foreach (var hook in hooks) container = await hook.BeforeCreateAsync(container, scope);
        string engineId;
        try
        {
            engineId = await runtime.CreateAsync(container, order.EngineIds, scope.Cancel);
        }
        catch (RuntimeException taken) when (taken.Failure == RuntimeFailure.Conflict)
        {
            // An agent that died between the engine's create and its own note made it already.
            var all = await runtime.ListAsync(scope.Cancel);
            if (all.FirstOrDefault(status => status.Imported is null && status.Uuid == container.Uuid) is not { EngineId: not null } found) throw;
            return new StepOutcome { Looked = true, Engine = found };
        }

        return new StepOutcome { Looked = true, Engine = await runtime.InspectAsync(engineId, scope.Cancel) };
    }

    private async Task<StepOutcome> LookAfterAsync(StepOrder order, HookScope scope, StepOutcome outcome)
    {
        if (order.EngineId is not { } engineId || outcome.Failure == RuntimeFailure.Unreachable) return outcome;
        try
        {
            return outcome with { Looked = true, Engine = await runtime.InspectAsync(engineId, scope.Cancel) };
        }
        catch (Exception e) when (e is RuntimeException or OperationCanceledException)
        {
            return outcome;
        }
    }
}

/// <summary>A step to do.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Container">Its assignment.</param>
/// <param name="EngineId">The engine's id; null before it is created.</param>
/// <param name="EngineIds">The engine's ids of the containers it refers to, by uuid.</param>
internal sealed record StepOrder(Step Step, ContainerAssignment Container, string? EngineId, IReadOnlyDictionary<string, string> EngineIds);

/// <summary>How a step went.</summary>
internal sealed record StepOutcome
{
    /// <summary>True where <see cref="Engine"/> is what the engine showed after the step; null then means gone.</summary>
    public bool Looked { get; init; }

    public ContainerStatus? Engine { get; init; }

    /// <summary>Null where it went well or was cancelled.</summary>
    public RuntimeFailure? Failure { get; init; }

    public string? Error { get; init; }

    /// <summary>What nobody expected, for the log.</summary>
    public Exception? Defect { get; init; }

    public bool Cancelled { get; init; }
}
