using System.Collections.Immutable;
using Drover.Protocol;

namespace Drover.Agent;

/// <summary>What runs containers on a host: the Docker Engine, or a fake in the simulator. All calls may throw <see cref="RuntimeException"/>.</summary>
public interface IHostRuntime
{
    /// <summary>Facts of the machine and the engine. The uuid is filled in by the agent.</summary>
    Task<HostDescription> DescribeAsync(CancellationToken cancel);

    /// <summary>Every container there is, ours (by label `io.rancher.container.uuid`) and those started by hand.</summary>
    Task<ImmutableArray<ContainerStatus>> ListAsync(CancellationToken cancel);

    /// <summary>One container by the engine's id; null where it is gone.</summary>
    Task<ContainerStatus?> InspectAsync(string engineId, CancellationToken cancel);

    Task<bool> HasImageAsync(string image, CancellationToken cancel);

    /// <param name="image">Name and tag, without the `docker:` prefix of the API.</param>
    /// <param name="auth">Credentials of its registry; null for none.</param>
    /// <param name="progress">Sentences for people, such as "Downloading 12 of 40 MB".</param>
    /// <param name="cancel">Ends the pull.</param>
    Task PullAsync(string image, RegistryAuth? auth, IProgress<string> progress, CancellationToken cancel);

    /// <summary>Creates, does not start. Returns the engine's id.</summary>
    /// <param name="container">What is wanted; its volumes and the managed network exist already.</param>
    /// <param name="engineIds">The engine's ids of the containers it refers to, by uuid.</param>
    /// <param name="cancel">Ends the call.</param>
    Task<string> CreateAsync(ContainerAssignment container, IReadOnlyDictionary<string, string> engineIds, CancellationToken cancel);

    Task StartAsync(string engineId, CancellationToken cancel);

    /// <param name="engineId">The engine's id.</param>
    /// <param name="seconds">How long to wait before it is killed; null for the engine's own.</param>
    /// <param name="cancel">Ends the call.</param>
    Task StopAsync(string engineId, long? seconds, CancellationToken cancel);

    /// <summary>Removes it with its anonymous volumes; a container that is gone already is no error.</summary>
    Task RemoveAsync(string engineId, CancellationToken cancel);

    Task<ImmutableArray<VolumeStatus>> ListVolumesAsync(CancellationToken cancel);

    /// <summary>Makes the volume exist; one of the same name and driver is taken as it is.</summary>
    Task EnsureVolumeAsync(VolumeAssignment volume, CancellationToken cancel);

    /// <summary>Removes the volume; one that is gone already is no error.</summary>
    Task RemoveVolumeAsync(string name, CancellationToken cancel);

    /// <summary>Makes the managed network exist with this subnet and gateway.</summary>
    Task EnsureNetworkAsync(NetworkAssignment network, CancellationToken cancel);

    /// <summary>Changes as they happen; ends with a <see cref="RuntimeException"/> when the engine goes away.</summary>
    IAsyncEnumerable<RuntimeEvent> EventsAsync(CancellationToken cancel);
}

/// <summary>Something happened to a container on the engine.</summary>
/// <param name="EngineId">The engine's id.</param>
/// <param name="Action">The engine's word: create, start, die, destroy, ...</param>
public sealed record RuntimeEvent(string EngineId, string Action);

/// <summary>How a call to the runtime failed.</summary>
public enum RuntimeFailure
{
    /// <summary>The engine does not answer; nothing is known of the containers.</summary>
    Unreachable,

    /// <summary>No such image, container, volume or network.</summary>
    NotFound,

    /// <summary>The registry refused the credentials.</summary>
    Unauthorized,

    /// <summary>A name, port or address is taken.</summary>
    Conflict,

    /// <summary>The engine refuses the wanted settings.</summary>
    Invalid,

    /// <summary>What a sudden end of the engine left behind keeps this container from ever starting; a new one in its place can.</summary>
    Stuck,

    /// <summary>Anything else.</summary>
    Failed,
}

/// <summary>A call to the runtime failed.</summary>
public sealed class RuntimeException(RuntimeFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public RuntimeFailure Failure { get; } = failure;
}
