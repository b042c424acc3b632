using Microsoft.Data.Sqlite;

namespace Drover.Store.Journal.Sqlite;

/// <summary>The tables of removed objects (one for all families) and of history (one per family, a column with an index per key).</summary>
internal sealed class RecordTables(SqliteConnection connection)
{
    private const string Prefix = "history_";
    private const int FirstKey = 3;
    private readonly Dictionary<string, HashSet<string>> _keys = LoadKeys(connection);
    private readonly Dictionary<string, SqliteCommand> _inserts = new(StringComparer.Ordinal);

    public void AddRemoved(StoredRecord record)
        => connection.Run(
            "INSERT OR REPLACE INTO removed VALUES($family, $id, $at, $payload)",
            ("$family", record.Family), ("$id", record.Id), ("$at", record.At.UtcTicks), ("$payload", record.Payload.ToArray()));

    public void AddHistory(StoredRecord record, SqliteTransaction transaction)
    {
        Declare(record);
        if (!_inserts.TryGetValue(record.Family, out var insert)) _inserts[record.Family] = insert = InsertInto(record.Family);
        var parameters = insert.Parameters;
        (parameters[0].Value, parameters[1].Value) = (record.Id, record.At.UtcTicks);
        parameters[2].Bind(record.Payload);
        for (var at = FirstKey; at < parameters.Count; at++) parameters[at].Value = DBNull.Value;
        foreach (var (key, value) in record.Keys) parameters["$key_" + key].Value = value;
        insert.Transaction = transaction;
        insert.ExecuteNonQuery();
    }

    /// <summary>Forgets tables and columns that a transaction made which did not commit.</summary>
    public void Reload()
    {
        _keys.Clear();
        foreach (var family in _inserts.Keys.ToArray()) Forget(family);
        foreach (var (family, keys) in LoadKeys(connection)) _keys[family] = keys;
    }

    public int TrimRemoved(string family, DateTimeOffset before, int most)
    {
        var surplus = (long)connection.Scalar("SELECT count(*) FROM removed WHERE family = $family", ("$family", family))! - most;
        return connection.Run("DELETE FROM removed WHERE family = $family AND at < $before", ("$family", family), ("$before", before.UtcTicks)) is var gone && surplus > gone
            ? gone + connection.Run(
                "DELETE FROM removed WHERE family = $family AND id IN (SELECT id FROM removed WHERE family = $family ORDER BY at, id LIMIT $surplus)",
                ("$family", family), ("$surplus", surplus - gone))
            : gone;
    }

    /// <summary>Numbers rise with time, so that the oldest are the lowest.</summary>
    public int TrimHistory(string family, DateTimeOffset before, int most)
    {
        if (!_keys.ContainsKey(family)) return 0;
        var table = $"\"{Prefix}{family}\"";
        var young = connection.Scalar($"SELECT id FROM {table} WHERE at >= $before ORDER BY id LIMIT 1", ("$before", before.UtcTicks)) as long? ?? long.MaxValue;
        var last = connection.Scalar($"SELECT max(id) FROM {table}") as long? ?? 0;
        return connection.Run($"DELETE FROM {table} WHERE id < $young OR id <= $surplus", ("$young", young), ("$surplus", last - most));
    }

    public static IReadOnlyList<(RecordTable Table, string Family)> Tables(SqliteConnection reading)
        => [
            .. reading.Rows("SELECT DISTINCT family FROM removed", row => (RecordTable.Removed, row.GetString(0))),
            .. reading.Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'history!_%' ESCAPE '!'", row => (RecordTable.History, row.GetString(0)[Prefix.Length..])),
        ];

    public static StoredRecord? FindRemoved(SqliteConnection reading, string family, long id)
        => reading.Rows(
            "SELECT id, at, payload FROM removed WHERE family = $family AND id = $id",
            row => Read(row, family),
            ("$family", family), ("$id", id)).FirstOrDefault();

    public static IReadOnlyList<StoredRecord> Query(SqliteConnection reading, RecordQuery query)
    {
        if (query.Table == RecordTable.Removed)
            return reading.Rows(
                "SELECT id, at, payload FROM removed WHERE family = $family AND id < $before ORDER BY id DESC LIMIT $most",
                row => Read(row, query.Family),
                ("$family", query.Family), ("$before", query.Before), ("$most", query.Most));
        var keys = LoadKeys(reading, query.Family);
        if (keys is null || (query.Field is { } field && !keys.Contains(field))) return [];
        var where = query.Field is null ? "" : $"\"key_{query.Field}\" = $key AND";
        return reading.Rows(
            $"SELECT id, at, payload FROM \"{Prefix}{query.Family}\" WHERE {where} id < $before ORDER BY id DESC LIMIT $most",
            row => Read(row, query.Family),
            ("$key", query.Key ?? DBNull.Value), ("$before", query.Before), ("$most", query.Most));
    }

    /// <summary>A statement that is made once and used for every record of the family.</summary>
    private SqliteCommand InsertInto(string family)
    {
        var keys = _keys[family].Order(StringComparer.Ordinal).ToArray();
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names in it come from declarations, values are parameters.
        command.CommandText = $"INSERT INTO \"{Prefix}{family}\"(id, at, payload{string.Concat(keys.Select(key => $", \"key_{key}\""))}) VALUES($id, $at, $payload{string.Concat(keys.Select(key => $", $key_{key}"))})";
#pragma warning restore CA2100
        command.Parameters.Add("$id", SqliteType.Integer);
        command.Parameters.Add("$at", SqliteType.Integer);
        command.Parameters.Add("$payload", SqliteType.Blob);
        foreach (var key in keys) command.Parameters.Add(new SqliteParameter("$key_" + key, DBNull.Value));
        return command;
    }

    private void Forget(string family)
    {
        if (_inserts.Remove(family, out var insert)) insert.Dispose();
    }

    private void Declare(StoredRecord record)
    {
        var table = $"{Prefix}{record.Family}";
        if (!_keys.TryGetValue(record.Family, out var known))
        {
            connection.Run($"CREATE TABLE \"{table}\"(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, payload BLOB NOT NULL)");
            _keys[record.Family] = known = new HashSet<string>(StringComparer.Ordinal);
        }

        foreach (var (key, _) in record.Keys)
        {
            if (!known.Add(key)) continue;
            Forget(record.Family);
            connection.Run($"ALTER TABLE \"{table}\" ADD COLUMN \"key_{key}\"");
            connection.Run($"CREATE INDEX \"{table}_{key}\" ON \"{table}\"(\"key_{key}\")");
        }
    }

    private static Dictionary<string, HashSet<string>> LoadKeys(SqliteConnection connection)
        => Tables(connection)
            .Where(table => table.Table == RecordTable.History)
            .ToDictionary(table => table.Family, table => LoadKeys(connection, table.Family)!, StringComparer.Ordinal);

    private static HashSet<string>? LoadKeys(SqliteConnection connection, string family)
    {
        var columns = connection.Rows("SELECT name FROM pragma_table_info($table)", row => row.GetString(0), ("$table", Prefix + family));
        return columns.Count == 0 ? null : columns.Where(column => column.StartsWith("key_", StringComparison.Ordinal)).Select(column => column[4..]).ToHashSet(StringComparer.Ordinal);
    }

    private static StoredRecord Read(SqliteDataReader row, string family)
        => new(family, row.GetInt64(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), [], row.GetFieldValue<byte[]>(2));
}
