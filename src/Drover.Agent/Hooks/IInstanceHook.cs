using Drover.Agent.Assigned;
using Drover.Protocol;

namespace Drover.Agent.Hooks;

/// <summary>
/// Takes part in a container's life on the host: network, volumes, names. A hook implements the phases it needs, each safe to be run
/// again; one that throws a <see cref="RuntimeException"/> fails the step, which is tried again later.
/// </summary>
public interface IInstanceHook
{
    /// <summary>Makes what it needs be there; returns the assignment as the engine shall get it.</summary>
    ValueTask<ContainerAssignment> BeforeCreateAsync(ContainerAssignment container, HookScope scope) => new(container);

    ValueTask BeforeStartAsync(ContainerAssignment container, string engineId, HookScope scope) => default;

    /// <summary>After the first process runs.</summary>
    ValueTask AfterStartAsync(ContainerAssignment container, string engineId, HookScope scope) => default;

    ValueTask AfterStopAsync(ContainerAssignment container, string engineId, HookScope scope) => default;

    ValueTask AfterRemoveAsync(ContainerAssignment container, HookScope scope) => default;
}

/// <summary>What a hook works with.</summary>
/// <param name="Runtime">The engine.</param>
/// <param name="Assigned">All that the host was told.</param>
/// <param name="Cancel">Ends the step.</param>
public sealed record HookScope(IHostRuntime Runtime, AssignmentSet Assigned, CancellationToken Cancel);
