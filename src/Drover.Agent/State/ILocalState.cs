using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Drover.Agent.Assigned;
using Drover.Agent.Instances;
using Drover.Protocol;

namespace Drover.Agent.State;

/// <summary>What an agent leaves to its next life.</summary>
public interface ILocalState
{
    /// <summary>What was appended so far; <see cref="SavedState.Empty"/> at first, or where nothing of it can be read.</summary>
    SavedState Load();

    /// <summary>Returns once the entries are safe. Throws <see cref="IOException"/> where they cannot be kept.</summary>
    void Append(IReadOnlyList<StateEntry> entries);
}

/// <summary>One change of what is kept.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Told), "told")]
[JsonDerivedType(typeof(Remembered), "remembered")]
[JsonDerivedType(typeof(Left), "left")]
public abstract record StateEntry
{
    private StateEntry()
    {
    }

    /// <summary>The server said so.</summary>
    public sealed record Told(Assignments Message) : StateEntry;

    /// <summary>What is remembered of a container; null for nothing any more.</summary>
    public sealed record Remembered(string Uuid, InstanceMemory? Memory) : StateEntry;

    /// <summary>A container, or a volume, that was to leave is gone.</summary>
    public sealed record Left(string? Uuid = null, string? Volume = null) : StateEntry;
}

/// <summary>Everything that is kept.</summary>
public sealed record SavedState(AssignmentSet Assigned, ImmutableDictionary<string, InstanceMemory> Memories)
{
    public static SavedState Empty { get; } = new(AssignmentSet.Empty, ImmutableDictionary<string, InstanceMemory>.Empty);

    /// <summary>What is kept after one more entry.</summary>
    public SavedState After(StateEntry entry) => entry switch
    {
        StateEntry.Told told => this with { Assigned = Assigned.After(told.Message).Next },
        StateEntry.Remembered { Memory: { } memory } remembered => this with { Memories = Memories.SetItem(remembered.Uuid, memory) },
        StateEntry.Remembered forgotten => this with { Memories = Memories.Remove(forgotten.Uuid) },
        StateEntry.Left { Uuid: { } uuid } => this with { Assigned = Assigned.Without(uuid) },
        StateEntry.Left { Volume: { } volume } => this with { Assigned = Assigned.WithoutVolume(volume) },
        _ => this,
    };

    /// <summary>The fewest entries that say all this.</summary>
    public IEnumerable<StateEntry> ToEntries()
        => Memories.OrderBy(memory => memory.Key, StringComparer.Ordinal)
            .Select(memory => (StateEntry)new StateEntry.Remembered(memory.Key, memory.Value))
            .Prepend(new StateEntry.Told(Assigned.ToMessage()));
}
