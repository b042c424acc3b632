using Microsoft.Data.Sqlite;

namespace Drover.Store.Journal.Sqlite;

/// <summary>The tables of a data folder, their format version and the settings that make a commit durable.</summary>
internal static class SqliteSchema
{
    /// <summary>The version that this code writes. It reads all versions up to it.</summary>
    public const long Format = 1;

    private const string Tables = """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE name(record TEXT NOT NULL, number INTEGER NOT NULL, member TEXT NOT NULL, type TEXT NOT NULL, PRIMARY KEY(record, number)) WITHOUT ROWID;
        CREATE TABLE taken(family TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE journal(first INTEGER PRIMARY KEY, last INTEGER NOT NULL, checksum INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE TABLE snapshot(revision INTEGER PRIMARY KEY, bytes INTEGER NOT NULL);
        CREATE TABLE removed(family TEXT NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL, PRIMARY KEY(family, id)) WITHOUT ROWID;
        CREATE INDEX removed_at ON removed(family, at);
        """;

    /// <summary>Opens a connection that may write. Throws <see cref="DataFolderException"/> where the file cannot be used.</summary>
    public static SqliteConnection OpenForWriting(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Demand(connection, "journal_mode = WAL", "journal_mode", "wal");
            Demand(connection, "synchronous = FULL", "synchronous", 2L);
            CreateOrCheck(connection, path);
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new DataFolderException($"{path} cannot be opened: {failure.Message}", failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that only reads.</summary>
    public static SqliteConnection OpenForReading(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void CreateOrCheck(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction();
        if (connection.Scalar("SELECT count(*) FROM sqlite_master") is 0L)
        {
            connection.Run(Tables);
            connection.Run("INSERT INTO meta VALUES('format', $format), ('term', 0)", ("$format", Format));
        }
        else if (connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'meta'") is 0L)
        {
            throw new DataFolderException($"{path} is a database of something else; use another folder");
        }
        else if (connection.Scalar("SELECT value FROM meta WHERE key = 'format'") is long format && format > Format)
        {
            throw new DataFolderException($"{path} was written by a newer Drover (store format {format}, this one reads up to {Format}); start that version again or restore a backup");
        }

        transaction.Commit();
    }

    /// <summary>Makes a setting and believes only what the database answers: on some file systems it silently keeps another.</summary>
    private static void Demand(SqliteConnection connection, string setting, string name, object expected)
    {
        connection.Run($"PRAGMA {setting}");
        var found = connection.Scalar($"PRAGMA {name}");
        if (!Equals(found, expected)) throw new DataFolderException($"the file system under {connection.DataSource} does not allow {setting} (it is {found}); use a local disk");
    }
}
