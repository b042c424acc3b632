using System.Text.Json.Serialization;
using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>
/// Asks the host to dial a WebSocket at <see cref="Wire.StreamPath"/> and to serve one stream on it. Exactly one of the orders is set.
/// Sent only to agents whose <see cref="Hello"/> names the purpose: older ones would take it for rubbish.
/// </summary>
/// <param name="StreamId">Random; names the stream in the address that the host dials.</param>
/// <param name="Logs">What a container wrote, as lines.</param>
/// <param name="Exec">A command in a container.</param>
/// <param name="Connect">A TCP connection into a container.</param>
/// <param name="Stats">Figures once a second of what <see cref="WatchStats"/> names.</param>
/// <param name="DockerSocket">The bytes of a connection to the engine's own socket.</param>
/// <param name="Pull">A pull of an image; <see cref="StreamEnded"/> with code 0 where it went well, else with the engine's words.</param>
public sealed record OpenStream(string StreamId, LogsOrder? Logs = null, ExecOrder? Exec = null, ConnectOrder? Connect = null, bool Stats = false, bool DockerSocket = false, PullOrder? Pull = null) : ServerMessage
{
    /// <summary>One of <see cref="StreamPurpose"/>; empty where a newer server wants what this program does not know.</summary>
    [JsonIgnore]
    public string Purpose => this switch
    {
        { Logs: not null } => StreamPurpose.Logs,
        { Exec: not null } => StreamPurpose.Exec,
        { Connect: not null } => StreamPurpose.Connect,
        { Stats: true } => StreamPurpose.Stats,
        { DockerSocket: true } => StreamPurpose.DockerSocket,
        { Pull: not null } => StreamPurpose.Pull,
        _ => "",
    };
}

/// <summary>The client of a stream has gone or lost its rights: the host drops it, whatever it waits for.</summary>
public sealed record CloseStream(string StreamId) : ServerMessage;

/// <summary>What streams are for, as <see cref="Hello"/> names them.</summary>
public static class StreamPurpose
{
    public const string Logs = "logs";
    public const string Exec = "exec";
    public const string Connect = "connect";
    public const string Stats = "stats";
    public const string DockerSocket = "dockerSocket";
    public const string Pull = "pull";
}

/// <summary>Lines that a container wrote.</summary>
/// <param name="Container">The engine's id.</param>
/// <param name="Lines">The newest so many to begin with; null for all.</param>
/// <param name="Follow">Goes on with what comes.</param>
/// <param name="Timestamps">Each line begins with its time, RFC 3339 with nanoseconds.</param>
/// <param name="Since">Nothing older; null for no bound.</param>
/// <param name="AcrossRestarts">While following, waits for the container's next start when it ends.</param>
public sealed record LogsOrder(string Container, long? Lines, bool Follow, bool Timestamps, DateTimeOffset? Since = null, bool AcrossRestarts = false);

/// <summary>A command in a container.</summary>
/// <param name="Container">The engine's id.</param>
/// <param name="Command">Program and arguments; no shell sees them.</param>
/// <param name="Terminal">True for a terminal, whose size <see cref="TerminalSize"/> tells.</param>
/// <param name="Input">True where it reads what the client sends.</param>
/// <param name="Output">True where the client gets what it writes.</param>
public sealed record ExecOrder(string Container, EquatableArray<string> Command, bool Terminal, bool Input, bool Output);

/// <summary>A TCP connection into a container.</summary>
/// <param name="Container">The engine's id.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record ConnectOrder(string Container, int Port);

/// <summary>A pull of an image, whether or not a container wants it.</summary>
/// <param name="Image">Name and tag, with or without the `docker:` prefix of the API.</param>
/// <param name="CachedOnly">True where a host that does not have the image yet leaves it.</param>
/// <param name="RegistryAuth">Signs in to the image's registry; null for none.</param>
public sealed record PullOrder(string Image, bool CachedOnly = false, RegistryAuth? RegistryAuth = null);
