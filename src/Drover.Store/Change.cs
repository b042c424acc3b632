using System.Collections.Immutable;
using Drover.Model.Kernel;

namespace Drover.Store;

/// <summary>One object before and after a commit. Before is null for a created one, After for one that left the live state.</summary>
public readonly record struct Change(Entry? Before, Entry? After)
{
    /// <summary>The last form of an object that left the live state; null for all others.</summary>
    public Entry? Buried { get; init; }

    /// <summary>The newest form there is.</summary>
    public Entry Entry => After ?? Buried ?? Before!;
}

/// <summary>What one durable commit changed.</summary>
/// <param name="Revision">Gapless and rising.</param>
/// <param name="Changes">Each object at most once.</param>
public sealed record Commit(long Revision, ImmutableArray<Change> Changes)
{
    /// <summary>The records of unbounded kinds (<see cref="KindAttribute.IsHistory"/>) that came with it.</summary>
    public ImmutableArray<Entry> History { get; init; } = [];
}

/// <summary>Someone else changed what a write relied on: plan again on a fresh snapshot.</summary>
public sealed class ConflictException(string message) : Exception(message);
