using Drover.Store.Journal;

namespace Drover.Store.Tests.Journal;

/// <summary>A journal whose first append waits until it is let through, as a slow disk.</summary>
internal sealed class GatedJournal : IJournal
{
    private readonly MemoryJournal _inner = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new();

    /// <summary>Ends when the first append has begun.</summary>
    public Task Entered => _entered.Task;

    /// <summary>Number of commits in each append.</summary>
    public List<long> Batches { get; } = [];

    public long TailBytes => _inner.TailBytes;

    /// <summary>Lets appends through.</summary>
    public void Open() => _open.Set();

    JournalState IJournal.Open() => _inner.Open();

    public void Learn(IReadOnlyList<StoredName> names) => _inner.Learn(names);

    public void Append(long term, JournalBatch batch)
    {
        _entered.TrySetResult();
        _open.Wait();
        Batches.Add(batch.Last - batch.First + 1);
        _inner.Append(term, batch);
    }

    public void Take(long term, IReadOnlyList<KeyValuePair<string, long>> taken) => _inner.Take(term, taken);

    public IEnumerable<JournalRow> Tail(long afterRevision) => _inner.Tail(afterRevision);

    public void SaveSnapshot(long revision, IEnumerable<ReadOnlyMemory<byte>> frames) => _inner.SaveSnapshot(revision, frames);

    public StoredRecord? FindRemoved(string family, long id) => _inner.FindRemoved(family, id);

    public IReadOnlyList<StoredRecord> Query(RecordQuery query) => _inner.Query(query);

    public IReadOnlyList<(RecordTable Table, string Family)> Tables() => _inner.Tables();

    public int Trim(RecordTable table, string family, DateTimeOffset before, int most) => _inner.Trim(table, family, before, most);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
