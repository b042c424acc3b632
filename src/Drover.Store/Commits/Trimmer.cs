using Drover.Store.Journal;

namespace Drover.Store.Commits;

/// <summary>Keeps the tables of removed objects and of history within their bounds.</summary>
internal sealed class Trimmer(IJournal journal, StoreOptions options)
{
    private readonly Dictionary<(RecordTable Table, string Family), int> _added = [];
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public void Note(IReadOnlyList<StoredRecord> removed, IReadOnlyList<StoredRecord> history)
    {
        foreach (var record in removed) Note(RecordTable.Removed, record.Family);
        foreach (var record in history) Note(RecordTable.History, record.Family);
    }

    /// <summary>Trims every table when the time has come, and at once one that has grown by more than a tenth of its bound.</summary>
    public void Trim(DateTimeOffset now)
    {
        var due = now >= _next;
        if (due)
        {
            _next = now + options.TrimEvery;
            foreach (var table in journal.Tables()) _added.TryAdd(table, 0);
        }

        foreach (var ((table, family), added) in _added)
        {
            var keep = RetentionOf(table, family);
            if (!due && added <= keep.Most / 10) continue;
            journal.Trim(table, family, now - keep.Time, keep.Most);
            _added[(table, family)] = 0;
        }
    }

    private void Note(RecordTable table, string family) => _added[(table, family)] = _added.GetValueOrDefault((table, family)) + 1;

    private Retention RetentionOf(RecordTable table, string family)
        => table == RecordTable.Removed ? options.RemovedRetention(family) : options.HistoryRetention(family);
}
