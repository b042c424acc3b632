using System.Text.Json.Serialization;
using Drover.Model.Kernel;

namespace Drover.Protocol;

/// <summary>A text frame on a stream's own WebSocket; binary frames are the stream's bytes, in any cut.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StreamOpened), "opened")]
[JsonDerivedType(typeof(StreamRefused), "streamRefused")]
[JsonDerivedType(typeof(StreamEnded), "ended")]
[JsonDerivedType(typeof(StatsTaken), "stats")]
[JsonDerivedType(typeof(InputEnded), "inputEnded")]
[JsonDerivedType(typeof(TerminalSize), "terminalSize")]
[JsonDerivedType(typeof(WatchStats), "watchStats")]
public abstract record StreamNote;

/// <summary>The host's first word: it has what was asked for, and bytes follow.</summary>
public sealed record StreamOpened : StreamNote;

/// <summary>The host's first and last word: it cannot.</summary>
/// <param name="Reason">A sentence for people.</param>
public sealed record StreamRefused(StreamFault Fault, string Reason) : StreamNote;

/// <summary>The host's last word.</summary>
/// <param name="ExitCode">How a command ended; null for other streams and where nobody knows.</param>
/// <param name="Reason">What went wrong; null where nothing did.</param>
public sealed record StreamEnded(long? ExitCode = null, string? Reason = null) : StreamNote;

/// <summary>The client has said all; its side stays open for what the host still says.</summary>
public sealed record InputEnded : StreamNote;

/// <summary>The client's terminal has this many characters.</summary>
public sealed record TerminalSize(int Columns, int Rows) : StreamNote;

/// <summary>What a stream of figures shall tell from the next second on; replaces what was said before.</summary>
/// <param name="Containers">The engine's ids.</param>
/// <param name="Host">True for the host itself.</param>
public sealed record WatchStats(EquatableArray<string> Containers = default, bool Host = false) : StreamNote;

/// <summary>Why a host refuses a stream.</summary>
public enum StreamFault
{
    /// <summary>Anything else.</summary>
    Failed,

    /// <summary>There is no such container.</summary>
    NotFound,

    /// <summary>The container does not run.</summary>
    NotRunning,

    /// <summary>The engine does not answer.</summary>
    Unreachable,

    /// <summary>The host serves as many streams as it can.</summary>
    Busy,
}
