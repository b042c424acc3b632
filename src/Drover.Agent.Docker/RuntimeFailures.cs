using Drover.Agent.Docker.Engine;

namespace Drover.Agent.Docker;

/// <summary>The engine's failures in the agent's words.</summary>
internal static class RuntimeFailures
{
    /// <summary>The engine itself holds the port; without a container that has it where the engine was killed in the middle of a start.</summary>
    private const string PortIsHeld = "port is already allocated";

    private const string PortAdvice = ". If no container here publishes it, the engine was killed while it did, and frees it when it is restarted";

    /// <summary>What of this host is taken is told by words alone: the engine gives 500 for its own network's refusals.</summary>
    private static readonly string[] Taken = [PortIsHeld, "address already in use", "pool overlaps"];

    public static RuntimeException Of(EngineException e) => new(Classify(e), e.Message.EndsWith(PortIsHeld, StringComparison.Ordinal) ? e.Message + PortAdvice : e.Message, e);

    /// <summary>Does it, and throws what the agent knows.</summary>
    public static async Task<T> TranslatedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (EngineException e)
        {
            throw Of(e);
        }
    }

    /// <inheritdoc cref="TranslatedAsync{T}"/>
    public static async Task TranslatedAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (EngineException e)
        {
            throw Of(e);
        }
    }

    /// <summary>Does it; that the object is gone already is no error.</summary>
    public static Task UnlessGoneAsync(Func<Task> call) => TranslatedAsync(async () =>
    {
        try
        {
            await call();
        }
        catch (EngineException e) when (e.Fault == EngineFault.NotFound)
        {
            // Gone is what was asked for.
        }
    });

    private static RuntimeFailure Classify(EngineException e) => e.Fault switch
    {
        EngineFault.Unreachable or EngineFault.Interrupted => RuntimeFailure.Unreachable,
        _ when e.Message.Contains("task ", StringComparison.Ordinal) && e.Message.Contains(": already exists", StringComparison.Ordinal) => RuntimeFailure.Stuck,
        _ when Taken.Any(words => e.Message.Contains(words, StringComparison.OrdinalIgnoreCase)) => RuntimeFailure.Conflict,
        EngineFault.NotFound => RuntimeFailure.NotFound,
        EngineFault.Unauthorized => RuntimeFailure.Unauthorized,
        EngineFault.Conflict => RuntimeFailure.Conflict,
        EngineFault.BadRequest => RuntimeFailure.Invalid,
        _ => RuntimeFailure.Failed,
    };
}
