using Drover.Model.Kernel;
using Drover.Store;
using Drover.Store.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace Drover.Benchmarks.Store;

/// <summary>A folder for one benchmark, with the store on trial and the bare database it is compared with.</summary>
internal sealed class BenchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("drover-bench-").FullName;

    public Task<ResourceStore> OpenAsync(StoreOptions? options = null)
        => ResourceStore.OpenAsync(Catalog.All, new SqliteJournal(System.IO.Path.Combine(Path, "store")), TimeProvider.System, Guid.NewGuid, options);

    /// <summary>A bare SQLite database with the journal's own settings: WAL, synchronous=FULL.</summary>
    public SqliteConnection OpenBare()
    {
        var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(Path, "bare.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS row(id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
        command.ExecuteNonQuery();
        return connection;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
