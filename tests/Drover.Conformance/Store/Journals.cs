using Drover.Store.Journal;
using Drover.Store.Journal.Sqlite;

namespace Drover.Conformance.Store;

/// <summary>Data in memory.</summary>
public sealed class MemoryJournals : IJournals
{
    private readonly MemoryJournal _journal = new();

    public IJournal Open() => _journal;

    public void Dispose()
    {
    }
}

/// <summary>Data in a folder of its own.</summary>
public sealed class SqliteJournals : IJournals
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-store-").FullName;

    public IJournal Open() => new SqliteJournal(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
