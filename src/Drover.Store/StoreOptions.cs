namespace Drover.Store;

/// <summary>How long removed objects or history records of a family are kept: whichever bound is reached first.</summary>
/// <param name="Time">Kept at least this long, unless there are too many.</param>
/// <param name="Most">Number of records at most.</param>
public readonly record struct Retention(TimeSpan Time, int Most);

/// <summary>The store's bounds. The defaults are for a server; tests make them small.</summary>
public sealed record StoreOptions
{
    /// <summary>Bytes of journal after which a snapshot is written and a new segment begins.</summary>
    public long SnapshotBytes { get; init; } = 128L << 20;

    /// <summary>Writes in one group commit at most.</summary>
    public int MostWritesPerBatch { get; init; } = 1_000;

    /// <summary>The term under which this server writes; an older one than the journal's newest is refused.</summary>
    public long Term { get; init; } = 1;

    /// <summary>How long removed objects of a family are answered.</summary>
    public Func<string, Retention> RemovedRetention { get; init; } = _ => new(TimeSpan.FromDays(2), 100_000);

    /// <summary>How long records of an unbounded family are kept.</summary>
    public Func<string, Retention> HistoryRetention { get; init; } = _ => new(TimeSpan.FromDays(30), 1_000_000);

    /// <summary>Time between two looks for records to let go.</summary>
    public TimeSpan TrimEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told what went wrong beside the writes: a watcher that threw, a snapshot that could not be written.</summary>
    public Action<Exception>? OnDefect { get; init; }
}

/// <summary>The journal cannot be written, so the store takes no more writes; reading goes on. What was not acknowledged may or may not be there after the next start.</summary>
public sealed class StoreFailedException(Exception inner)
    : Exception($"the store takes no more writes because its journal failed ({inner.Message}); free space or repair the disk and start the server again", inner);
