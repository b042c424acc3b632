using Microsoft.Data.Sqlite;

namespace Drover.Store.Journal.Sqlite;

/// <summary>
/// The journal of one server: a data folder with an SQLite database (WAL, synchronous=FULL), one row per group commit, and
/// snapshots as files beside it. A snapshot counts once the database names it.
/// </summary>
public sealed class SqliteJournal : IJournal
{
    private const int RowsPerDelete = 256;

    private readonly Lock _write = new();
    private readonly Lock _read = new();
    private readonly DataFolder _folder;
    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly RecordTables _records;
    private readonly SqliteCommand _append;
    private long _tailBytes;
    private long _term;
    private long _last;

    /// <summary>Opens a data folder, or makes one. Throws <see cref="DataFolderException"/> where it cannot be used; the message says why.</summary>
    public SqliteJournal(string folder)
    {
        _folder = new DataFolder(folder);
        try
        {
            _writing = SqliteSchema.OpenForWriting(_folder.Database);
            _reading = SqliteSchema.OpenForReading(_folder.Database);
            _records = new RecordTables(_writing);
            _append = Prepare(_writing);
        }
        catch
        {
            _writing?.Dispose();
            _reading?.Dispose();
            _folder.Dispose();
            throw;
        }
    }

    public long TailBytes => Volatile.Read(ref _tailBytes);

    public JournalState Open()
    {
        lock (_write)
        {
            _term = (long)_writing.Scalar("SELECT value FROM meta WHERE key = 'term'")!;
            var names = _writing.Rows("SELECT record, member, type, number FROM name", row => new StoredName(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3)));
            var taken = _writing.Rows("SELECT family, last FROM taken", row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)));
            var snapshots = _writing.Rows("SELECT revision, bytes FROM snapshot ORDER BY revision DESC", row => (Revision: row.GetInt64(0), Bytes: row.GetInt64(1)));
            DeleteFilesBut(snapshots.Select(snapshot => snapshot.Revision));
            var sound = snapshots.Where(snapshot => SnapshotFile.IsSound(_folder.SnapshotFile(snapshot.Revision), snapshot.Bytes)).Select(snapshot => (long?)snapshot.Revision).FirstOrDefault();
            _last = Math.Max(snapshots.Select(snapshot => snapshot.Revision).FirstOrDefault(), _writing.Scalar("SELECT last FROM journal ORDER BY first DESC LIMIT 1") as long? ?? 0);
            CountTail(sound ?? 0);
            return new JournalState(_term, [.. names], taken.ToDictionary(), sound is { } revision ? new SavedSnapshot(revision, SnapshotFile.Read(_folder.SnapshotFile(revision))) : null);
        }
    }

    public void Learn(IReadOnlyList<StoredName> names)
        => Transact(() =>
        {
            foreach (var name in names)
                _writing.Run("INSERT INTO name VALUES($record, $number, $member, $type)", ("$record", name.Record), ("$number", name.Number), ("$member", name.Member), ("$type", name.Type));
        });

    public void Append(long term, JournalBatch batch)
    {
        lock (_write)
        {
            if (batch.First != _last + 1) throw new InvalidOperationException($"revision {batch.First} cannot follow {_last}");
            if (term == _term && batch.Removed.Count == 0 && batch.History.Count == 0) AppendRow(batch);
            else Transact(() => AppendAll(term, batch));
            (_term, _last) = (term, batch.Last);
            Volatile.Write(ref _tailBytes, _tailBytes + batch.Payload.Length);
        }
    }

    public void Take(long term, IReadOnlyList<KeyValuePair<string, long>> taken)
    {
        Transact(() =>
        {
            Enter(term);
            foreach (var (family, last) in taken) _writing.Run("INSERT OR REPLACE INTO taken VALUES($family, $last)", ("$family", family), ("$last", last));
        });
        _term = term;
    }

    public IEnumerable<JournalRow> Tail(long afterRevision)
    {
        using var connection = SqliteSchema.OpenForReading(_folder.Database);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT first, last, checksum, payload FROM journal WHERE first >= coalesce((SELECT max(first) FROM journal WHERE first <= $next), 0) AND last >= $next ORDER BY first";
        command.Parameters.AddWithValue("$next", afterRevision + 1);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new JournalRow(reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(3));
            if (Checksum.Of(row.Payload.Span) != reader.GetInt64(2)) throw new InvalidDataException($"the row of revision {row.First} is damaged");
            yield return row;
        }
    }

    public void SaveSnapshot(long revision, IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        lock (_write)
            if (_writing.Scalar("SELECT 1 FROM snapshot WHERE revision = $revision", ("$revision", revision)) is not null) return;
        var bytes = SnapshotFile.Write(_folder.SnapshotFile(revision), frames);
        long before;
        lock (_write)
        {
            before = _writing.Scalar("SELECT max(revision) FROM snapshot WHERE revision < $revision", ("$revision", revision)) as long? ?? 0;
            Transact(() =>
            {
                _writing.Run("INSERT INTO snapshot VALUES($revision, $bytes)", ("$revision", revision), ("$bytes", bytes));
                _writing.Run("DELETE FROM snapshot WHERE revision < $before", ("$before", before));
            });
            CountTail(revision);
            DeleteFilesBut([revision, before]);
        }

        // The one before stays whole, with all rows since, for the case that the newest file cannot be read.
        while (DeleteRows(before) == RowsPerDelete)
        {
        }
    }

    public StoredRecord? FindRemoved(string family, long id)
    {
        lock (_read) return RecordTables.FindRemoved(_reading, family, id);
    }

    public IReadOnlyList<StoredRecord> Query(RecordQuery query)
    {
        lock (_read) return RecordTables.Query(_reading, query);
    }

    public IReadOnlyList<(RecordTable Table, string Family)> Tables()
    {
        lock (_read) return RecordTables.Tables(_reading);
    }

    public int Trim(RecordTable table, string family, DateTimeOffset before, int most)
    {
        var gone = 0;
        Transact(() => gone = table == RecordTable.Removed ? _records.TrimRemoved(family, before, most) : _records.TrimHistory(family, before, most));
        return gone;
    }

    public ValueTask DisposeAsync()
    {
        lock (_write)
        {
            _append.Dispose();
            _reading.Dispose();
            _writing.Dispose();
            _folder.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO journal VALUES($first, $last, $checksum, $payload)";
        command.Parameters.Add("$first", SqliteType.Integer);
        command.Parameters.Add("$last", SqliteType.Integer);
        command.Parameters.Add("$checksum", SqliteType.Integer);
        command.Parameters.Add("$payload", SqliteType.Blob);
        command.Prepare();
        return command;
    }

    private void AppendAll(long term, JournalBatch batch)
    {
        Enter(term);
        AppendRow(batch);
        foreach (var record in batch.Removed) _records.AddRemoved(record);
        foreach (var record in batch.History) _records.AddHistory(record, _append.Transaction!);
    }

    private void AppendRow(JournalBatch batch)
    {
        _append.Parameters[0].Value = batch.First;
        _append.Parameters[1].Value = batch.Last;
        _append.Parameters[2].Value = (long)Checksum.Of(batch.Payload.Span);
        _append.Parameters[3].Bind(batch.Payload);
        _append.ExecuteNonQuery();
    }

    private void Enter(long term)
    {
        if (term < _term) throw new StaleTermException(term, _term);
        if (term > _term) _writing.Run("UPDATE meta SET value = $term WHERE key = 'term'", ("$term", term));
    }

    private int DeleteRows(long upTo)
    {
        lock (_write)
            return _writing.Run("DELETE FROM journal WHERE first IN (SELECT first FROM journal WHERE first <= $upTo AND last <= $upTo ORDER BY first LIMIT $most)", ("$upTo", upTo), ("$most", RowsPerDelete));
    }

    private void CountTail(long revision)
        => Volatile.Write(ref _tailBytes, (long)_writing.Scalar("SELECT coalesce(sum(length(payload)), 0) FROM journal WHERE first > $revision", ("$revision", revision))!);

    private void DeleteFilesBut(IEnumerable<long> revisions)
    {
        var kept = revisions.Select(_folder.SnapshotFile).ToHashSet(StringComparer.Ordinal);
        foreach (var file in _folder.SnapshotFiles().Where(file => !kept.Contains(file)).ToArray()) File.Delete(file);
    }

    private void Transact(Action work)
    {
        lock (_write)
        {
            using var transaction = _writing.BeginTransaction();
            _append.Transaction = transaction;
            try
            {
                work();
                transaction.Commit();
            }
            catch
            {
                transaction.Rollback();
                _records.Reload();
                throw;
            }
            finally
            {
                _append.Transaction = null;
            }
        }
    }
}
