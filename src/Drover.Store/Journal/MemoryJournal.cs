using System.Collections.Immutable;

namespace Drover.Store.Journal;

/// <summary>A journal that lasts as long as the process: for tests and the simulator. A store can be opened on it again.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalRow> _rows = [];
    private readonly List<StoredName> _names = [];
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<(RecordTable, string), SortedDictionary<long, StoredRecord>> _records = [];
    private (long Revision, ImmutableArray<ReadOnlyMemory<byte>> Frames)? _snapshot;
    private long _before;
    private long _last;
    private long _term;

    public long TailBytes { get; private set; }

    public JournalState Open()
    {
        lock (_lock)
        {
            var snapshot = _snapshot is { } saved ? new SavedSnapshot(saved.Revision, saved.Frames) : null;
            return new JournalState(_term, [.. _names], new Dictionary<string, long>(_taken), snapshot);
        }
    }

    public void Learn(IReadOnlyList<StoredName> names)
    {
        lock (_lock) _names.AddRange(names);
    }

    public void Append(long term, JournalBatch batch)
    {
        lock (_lock)
        {
            Enter(term);
            if (batch.First != _last + 1) throw new InvalidOperationException($"revision {batch.First} cannot follow {_last}");
            _rows.Add(new JournalRow(batch.First, batch.Last, batch.Payload.ToArray()));
            _last = batch.Last;
            TailBytes += batch.Payload.Length;
            foreach (var record in batch.Removed) Of(RecordTable.Removed, record.Family)[record.Id] = record;
            foreach (var record in batch.History) Of(RecordTable.History, record.Family)[record.Id] = record;
        }
    }

    public void Take(long term, IReadOnlyList<KeyValuePair<string, long>> taken)
    {
        lock (_lock)
        {
            Enter(term);
            foreach (var (family, last) in taken) _taken[family] = last;
        }
    }

    public IEnumerable<JournalRow> Tail(long afterRevision)
    {
        lock (_lock) return [.. _rows.Where(row => row.Last > afterRevision)];
    }

    public void SaveSnapshot(long revision, IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        var copy = frames.Select(frame => (ReadOnlyMemory<byte>)frame.ToArray()).ToImmutableArray();
        lock (_lock)
        {
            _rows.RemoveAll(row => row.Last <= _before);
            _before = revision;
            _snapshot = (revision, copy);
            TailBytes = _rows.Where(row => row.Last > revision).Sum(row => (long)row.Payload.Length);
        }
    }

    public StoredRecord? FindRemoved(string family, long id)
    {
        lock (_lock) return Of(RecordTable.Removed, family).GetValueOrDefault(id);
    }

    public IReadOnlyList<StoredRecord> Query(RecordQuery query)
    {
        lock (_lock)
        {
            return [.. Of(query.Table, query.Family).Values
                .Where(record => record.Id < query.Before)
                .Where(record => query.Field is null || record.Keys.Any(key => key.Key == query.Field && key.Value.Equals(query.Key)))
                .OrderByDescending(record => record.Id)
                .Take(query.Most)];
        }
    }

    public IReadOnlyList<(RecordTable Table, string Family)> Tables()
    {
        lock (_lock) return [.. _records.Where(table => table.Value.Count > 0).Select(table => table.Key)];
    }

    public int Trim(RecordTable table, string family, DateTimeOffset before, int most)
    {
        lock (_lock)
        {
            var records = Of(table, family);
            var oldest = records.Values.OrderBy(record => record.At).ThenBy(record => record.Id).ToArray();
            var gone = oldest.Where((record, at) => record.At < before || at < oldest.Length - most).ToArray();
            foreach (var record in gone) records.Remove(record.Id);
            return gone.Length;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SortedDictionary<long, StoredRecord> Of(RecordTable table, string family)
    {
        if (!_records.TryGetValue((table, family), out var records)) _records[(table, family)] = records = [];
        return records;
    }

    private void Enter(long term)
    {
        if (term < _term) throw new StaleTermException(term, _term);
        _term = term;
    }
}
