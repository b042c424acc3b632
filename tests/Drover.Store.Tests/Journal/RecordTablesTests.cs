using Drover.Store.Journal;
using Drover.Store.Journal.Sqlite;

namespace Drover.Store.Tests.Journal;

/// <summary>The tables of removed objects and of history, on both journals.</summary>
public abstract class RecordTablesTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _revision;

    protected abstract IJournal Journal { get; }

    public virtual async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Texts_and_numbers_are_different_keys()
    {
        Log(1, ("key", 7L));
        Log(2, ("key", "7"));

        Ids(Query("key", 7L)).ShouldBe([1]);
        Ids(Query("key", "7")).ShouldBe([2]);
    }

    [Fact]
    public void A_key_that_came_later_finds_what_has_it()
    {
        Log(1, ("serviceId", 5L));
        Log(2, ("serviceId", 5L), ("level", "info"));
        Log(3, ("level", "info"));

        Ids(Query("level", "info")).ShouldBe([3, 2]);
        Ids(Query("serviceId", 5L)).ShouldBe([2, 1]);
        Ids(Query("unheard", "of")).ShouldBeEmpty();
    }

    [Fact]
    public void A_family_that_nobody_wrote_has_no_history()
    {
        Ids(Journal.Query(new RecordQuery(RecordTable.History, "auditLog"))).ShouldBeEmpty();
        Journal.Trim(RecordTable.History, "auditLog", Start, 1).ShouldBe(0);
        Journal.Tables().ShouldBeEmpty();
    }

    [Fact]
    public void Both_tables_of_each_family_are_known()
    {
        Log(1);
        Append([Record("stack", 1, Start)], []);
        Append([Record("host", 1, Start)], []);

        Journal.Tables().ShouldBe([(RecordTable.Removed, "host"), (RecordTable.Removed, "stack"), (RecordTable.History, "serviceLog")], ignoreOrder: true);
    }

    [Fact]
    public void Trimming_says_how_many_went()
    {
        for (var i = 1; i <= 10; i++) Append([Record("stack", i, Start.AddHours(i))], [Record("serviceLog", i, Start.AddHours(i))]);

        foreach (var (table, family) in new[] { (RecordTable.Removed, "stack"), (RecordTable.History, "serviceLog") })
        {
            Journal.Trim(table, family, Start.AddHours(3), 100).ShouldBe(2);
            Journal.Trim(table, family, Start.AddHours(3), 5).ShouldBe(3);
            Journal.Trim(table, family, Start.AddHours(3), 5).ShouldBe(0);
            Ids(Journal.Query(new RecordQuery(table, family))).ShouldBe([10, 9, 8, 7, 6]);
        }
    }

    [Fact]
    public void A_number_that_is_removed_again_is_answered_as_it_was_last()
    {
        Append([Record("stack", 1, Start, payload: 1)], []);
        Append([Record("stack", 1, Start, payload: 2)], []);

        Journal.FindRemoved("stack", 1)!.Payload.ToArray().ShouldBe(new byte[] { 2 });
    }

    private IReadOnlyList<StoredRecord> Query(string field, object key) => Journal.Query(new RecordQuery(RecordTable.History, "serviceLog", field, key));

    private static IEnumerable<long> Ids(IEnumerable<StoredRecord> records) => records.Select(record => record.Id);

    private void Log(long id, params (string Field, object Key)[] keys)
        => Append([], [Record("serviceLog", id, Start) with { Keys = [.. keys.Select(key => KeyValuePair.Create(key.Field, key.Key))] }]);

    private static StoredRecord Record(string family, long id, DateTimeOffset at, byte payload = 0) => new(family, id, at, [], new[] { payload });

    private void Append(StoredRecord[] removed, StoredRecord[] history)
        => Journal.Append(0, new JournalBatch(++_revision, _revision, new byte[1], removed, history));
}

public sealed class MemoryRecordTablesTests : RecordTablesTests
{
    protected override IJournal Journal { get; } = new MemoryJournal();
}

public sealed class SqliteRecordTablesTests : RecordTablesTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drover-tables-").FullName;

    public SqliteRecordTablesTests()
    {
        Journal = new SqliteJournal(_folder);
        Journal.Open();
    }

    protected override IJournal Journal { get; }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
