using Drover.Store.Journal;

namespace Drover.Store.Tests.Journal;

/// <summary>Where a journal breaks within an append.</summary>
public enum Fault
{
    /// <summary>Nothing reaches the disk.</summary>
    Before,

    /// <summary>Everything reaches the disk, but nobody is told: the power went between the sync and the reply.</summary>
    After,
}

/// <summary>A journal that breaks at a given append and stays broken, as a disk that is full or a machine that dies.</summary>
internal sealed class FaultyJournal(IJournal inner, int breakAt, Fault fault) : IJournal
{
    private int _appends;

    public long TailBytes => inner.TailBytes;

    public JournalState Open() => inner.Open();

    public void Learn(IReadOnlyList<StoredName> names) => inner.Learn(names);

    public void Append(long term, JournalBatch batch) => Break(() => inner.Append(term, batch));

    public void Take(long term, IReadOnlyList<KeyValuePair<string, long>> taken) => Break(() => inner.Take(term, taken));

    public IEnumerable<JournalRow> Tail(long afterRevision) => inner.Tail(afterRevision);

    public void SaveSnapshot(long revision, IEnumerable<ReadOnlyMemory<byte>> frames) => inner.SaveSnapshot(revision, frames);

    public StoredRecord? FindRemoved(string family, long id) => inner.FindRemoved(family, id);

    public IReadOnlyList<StoredRecord> Query(RecordQuery query) => inner.Query(query);

    public IReadOnlyList<(RecordTable Table, string Family)> Tables() => inner.Tables();

    public int Trim(RecordTable table, string family, DateTimeOffset before, int most) => inner.Trim(table, family, before, most);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Break(Action write)
    {
        var broken = ++_appends >= breakAt;
        if (!broken || (_appends == breakAt && fault == Fault.After)) write();
        if (broken) throw new IOException("No space left on device");
    }
}
