using System.Collections.Immutable;

namespace Drover.Store.Journal;

/// <summary>
/// Where commits become durable. One thread appends; reads may come from any thread. It knows bytes and numbers, no records,
/// so that a file, a table and a database that several servers share can stand behind it.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Bytes of rows after the newest snapshot.</summary>
    long TailBytes { get; }

    /// <summary>Opens what is there or begins anew. Throws <see cref="DataFolderException"/> where the data cannot be used.</summary>
    JournalState Open();

    /// <summary>Makes names durable before anything is written with them.</summary>
    void Learn(IReadOnlyList<StoredName> names);

    /// <summary>
    /// Makes a row durable, with the objects that it buried and its history, all or nothing, and returns after the sync.
    /// Throws <see cref="StaleTermException"/> for a term older than the newest one, <see cref="InvalidOperationException"/> for a revision out of line.
    /// </summary>
    void Append(long term, JournalBatch batch);

    /// <summary>Makes the last numbers of families durable that no commit tells of.</summary>
    void Take(long term, IReadOnlyList<KeyValuePair<string, long>> taken);

    /// <summary>The rows that hold commits after a revision, oldest first.</summary>
    IEnumerable<JournalRow> Tail(long afterRevision);

    /// <summary>Writes a snapshot and lets go of what is older than the one before. May run beside appends.</summary>
    void SaveSnapshot(long revision, IEnumerable<ReadOnlyMemory<byte>> frames);

    /// <summary>The removed object with this number; null where none is kept.</summary>
    StoredRecord? FindRemoved(string family, long id);

    /// <summary>Removed objects or history of a family, newest number first.</summary>
    IReadOnlyList<StoredRecord> Query(RecordQuery query);

    /// <summary>The families that have rows in one of the tables.</summary>
    IReadOnlyList<(RecordTable Table, string Family)> Tables();

    /// <summary>Lets go of removed objects or history of a family: those before a time, and the oldest above a count.</summary>
    /// <returns>How many were let go.</returns>
    int Trim(RecordTable table, string family, DateTimeOffset before, int most);
}

/// <summary>The two bounded tables beside the live state.</summary>
public enum RecordTable
{
    Removed,
    History,
}

/// <summary>What a journal holds when it is opened.</summary>
/// <param name="Term">The newest term that wrote.</param>
/// <param name="Names">All names learned so far.</param>
/// <param name="Taken">Last numbers that were made durable apart from commits.</param>
/// <param name="Snapshot">The newest complete and sound snapshot; null where there is none.</param>
public sealed record JournalState(
    long Term, ImmutableArray<StoredName> Names, IReadOnlyDictionary<string, long> Taken, SavedSnapshot? Snapshot);

/// <summary>A number that stands for a name in the data of one journal, for as long as that data lives.</summary>
/// <param name="Record">The record, or "" where the member is a kind and "families" where it is a family.</param>
/// <param name="Member">The member of the record.</param>
/// <param name="Type">How its values are written; a member that changes its type gets a new number.</param>
/// <param name="Number">From 1, counted per record.</param>
public sealed record StoredName(string Record, string Member, string Type, int Number);

/// <summary>A complete snapshot.</summary>
/// <param name="Revision">The last commit in it.</param>
/// <param name="Frames">Its parts, in order. May be read once.</param>
public sealed record SavedSnapshot(long Revision, IEnumerable<ReadOnlyMemory<byte>> Frames);

/// <summary>A row as it was appended.</summary>
/// <param name="First">Revision of its first commit.</param>
/// <param name="Last">Revision of its last commit.</param>
public sealed record JournalRow(long First, long Last, ReadOnlyMemory<byte> Payload);

/// <summary>One group commit.</summary>
/// <param name="Removed">Objects that left the live state.</param>
/// <param name="History">Records that never enter it.</param>
public sealed record JournalBatch(
    long First, long Last, ReadOnlyMemory<byte> Payload, IReadOnlyList<StoredRecord> Removed, IReadOnlyList<StoredRecord> History);

/// <summary>A whole object in one of the tables.</summary>
/// <param name="At">When it came there.</param>
/// <param name="Keys">Its indexed fields; texts as they are, all else as numbers.</param>
public sealed record StoredRecord(string Family, long Id, DateTimeOffset At, ImmutableArray<KeyValuePair<string, object>> Keys, ReadOnlyMemory<byte> Payload);

/// <summary>A question to one of the tables.</summary>
/// <param name="Field">Wire name of an indexed field; null for all records of the family.</param>
/// <param name="Key">The field's value, a text or a number.</param>
/// <param name="Before">Only numbers below this one.</param>
/// <param name="Most">Number of records at most.</param>
public sealed record RecordQuery(RecordTable Table, string Family, string? Field = null, object? Key = null, long Before = long.MaxValue, int Most = 100);

/// <summary>A newer server took over: this one may not write any more.</summary>
public sealed class StaleTermException(long term, long newest) : Exception($"term {term} ended: term {newest} has written since");

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);
