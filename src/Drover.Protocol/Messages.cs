using System.Text.Json.Serialization;
using Drover.Model.Kernel;
using Drover.Model.Metadata;

namespace Drover.Protocol;

/// <summary>What the server sends to a host, one JSON text frame each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(Assignments), "assignments")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(OpenStream), "openStream")]
[JsonDerivedType(typeof(CloseStream), "closeStream")]
public abstract record ServerMessage;

/// <summary>Opens a session: the newest one of a host wins.</summary>
/// <param name="Version">The protocol version that both sides speak.</param>
/// <param name="Session">Rises with every session of the host.</param>
/// <param name="HostId">The host's wire id, such as "1h3".</param>
/// <param name="HeartbeatSeconds">The agent sends something at least this often.</param>
public sealed record Welcome(int Version, long Session, string HostId, int HeartbeatSeconds) : ServerMessage;

/// <summary>The server will not speak to this agent; it must not try again before the time given.</summary>
/// <param name="Reason">A sentence for people.</param>
/// <param name="RetrySeconds">How long the agent stays away.</param>
/// <param name="Final">True where trying again is useless: the host was removed or is another environment's. The agent goes on alone with what it was told last.</param>
public sealed record Refused(string Reason, int RetrySeconds, bool Final = false) : ServerMessage;

/// <summary>What the host shall run. Incremental ones follow the sequence without a gap; a gap makes the agent ask for a complete one.</summary>
/// <param name="Sequence">Number of this message in the session; 1 is always complete.</param>
/// <param name="Complete">True where the lists hold everything: what is not named is not wanted.</param>
public sealed record Assignments(
    long Sequence,
    bool Complete,
    EquatableArray<ContainerAssignment> Containers = default,
    EquatableArray<string> RemovedContainers = default,
    EquatableArray<VolumeAssignment> Volumes = default,
    EquatableArray<string> RemovedVolumes = default,
    NetworkAssignment? Network = null,
    EnvironmentDelta? Environment = null) : ServerMessage;

/// <summary>What a host sends to the server.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Inventory), "inventory")]
[JsonDerivedType(typeof(StatusReport), "status")]
[JsonDerivedType(typeof(Heartbeat), "heartbeat")]
[JsonDerivedType(typeof(NeedComplete), "needComplete")]
public abstract record AgentMessage;

/// <summary>The first message of a session.</summary>
/// <param name="Version">The newest protocol version that the agent speaks.</param>
/// <param name="AgentVersion">The agent's release.</param>
/// <param name="Host">What the host says of itself.</param>
/// <param name="Streams">The <see cref="StreamPurpose"/>s that the host serves; agents that know none leave it out.</param>
public sealed record Hello(int Version, string AgentVersion, HostDescription Host, EquatableArray<string> Streams = default) : AgentMessage;

/// <summary>Everything the host has; follows <see cref="Hello"/> and every <see cref="Assignments"/> that is complete after a gap.</summary>
public sealed record Inventory(EquatableArray<ContainerStatus> Containers, EquatableArray<VolumeStatus> Volumes) : AgentMessage;

/// <summary>What changed on the host, batched.</summary>
public sealed record StatusReport(
    EquatableArray<ContainerStatus> Containers = default,
    EquatableArray<string> Gone = default,
    EquatableArray<VolumeStatus> Volumes = default,
    EquatableArray<string> GoneVolumes = default,
    HostDescription? Host = null) : AgentMessage;

/// <summary>The host lives; never written down.</summary>
/// <param name="Sequence">Rises with every heartbeat of the session.</param>
/// <param name="Assigned">The number of the last <see cref="Assignments"/> that the agent took; older agents leave it out.</param>
public sealed record Heartbeat(long Sequence, long? Assigned = null) : AgentMessage;

/// <summary>A sequence number was missed: send a complete assignment.</summary>
public sealed record NeedComplete(long LastSequence) : AgentMessage;
