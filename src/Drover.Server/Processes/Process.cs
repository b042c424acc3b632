using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Server.Processes;

/// <summary>What drives one object from where it was asked to go until it has settled (OPS-03). None is stored: those under way follow from the objects.</summary>
public sealed record Process
{
    public required ProcessId Id { get; init; }

    /// <summary>Place in <see cref="ProcessNames.Actions"/>.</summary>
    public required byte Action { get; init; }

    /// <summary>The kind of the object; the root of its family where the object is gone.</summary>
    public required Kind Kind { get; init; }

    public long? AccountId { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Null while it is under way.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How it ended; <see cref="ProcessEnd.None"/> while it is under way.</summary>
    public ProcessEnd Ended { get; init; }

    /// <summary>True where it was under way when the server started, so that its beginning is only what the object tells.</summary>
    public bool IsFound { get; init; }

    /// <summary>Tries that failed.</summary>
    public int Failures { get; init; }

    /// <summary>What went wrong on the way, oldest first; bounded.</summary>
    public ImmutableArray<Trouble> Troubles { get; init; } = [];

    public string Name => ProcessNames.Of(Id.Family, Action);
}

/// <summary>The ways in which a process ends.</summary>
public enum ProcessEnd : byte
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The object has settled where it was asked to go.</summary>
    Done,

    /// <summary>Something else was asked of the object meanwhile.</summary>
    StateChanged,

    /// <summary>The object went while something else was asked of it.</summary>
    Canceled,

    /// <summary>The object has settled elsewhere, and nothing tries again by itself.</summary>
    Failed,
}

/// <summary>A try that failed.</summary>
/// <param name="At">When it was told.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="NextTry">When it is tried again; null where an event must come first.</param>
public sealed record Trouble(DateTimeOffset At, string Reason, DateTimeOffset? NextTry);
