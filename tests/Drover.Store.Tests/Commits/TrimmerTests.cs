using Drover.Store.Commits;
using Drover.Store.Journal;

namespace Drover.Store.Tests.Commits;

public sealed class TrimmerTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryJournal _journal = new();
    private long _revision;

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public void What_lay_there_when_the_server_started_is_trimmed_too()
    {
        Add(RecordTable.History, "serviceLog", Start, count: 3);
        var trimmer = Make(TimeSpan.FromHours(1), most: 100);

        trimmer.Trim(Start.AddHours(2));

        Count(RecordTable.History, "serviceLog").ShouldBe(0);
    }

    [Fact]
    public void Nothing_is_trimmed_between_two_looks()
    {
        var trimmer = Make(TimeSpan.FromHours(1), most: 100);
        trimmer.Trim(Start);
        Add(RecordTable.Removed, "stack", Start.AddHours(-2), count: 3);

        trimmer.Trim(Start.AddSeconds(59));
        Count(RecordTable.Removed, "stack").ShouldBe(3);
        trimmer.Trim(Start.AddSeconds(60));
        Count(RecordTable.Removed, "stack").ShouldBe(0);
    }

    [Fact]
    public void A_table_that_grows_fast_does_not_wait_for_the_next_look()
    {
        var trimmer = Make(TimeSpan.FromHours(1), most: 50);
        trimmer.Trim(Start);
        var batch = Add(RecordTable.Removed, "stack", Start, count: 80);

        trimmer.Note(batch.Removed, batch.History);
        trimmer.Trim(Start.AddSeconds(1));

        Count(RecordTable.Removed, "stack").ShouldBe(50);
    }

    [Fact]
    public void Each_family_has_its_own_bounds()
    {
        Add(RecordTable.History, "serviceLog", Start, count: 9);
        Add(RecordTable.History, "auditLog", Start, count: 9);
        var trimmer = new Trimmer(_journal, new StoreOptions { HistoryRetention = family => new Retention(TimeSpan.FromDays(1), family == "auditLog" ? 5 : 7) });

        trimmer.Trim(Start);

        (Count(RecordTable.History, "serviceLog"), Count(RecordTable.History, "auditLog")).ShouldBe((7, 5));
    }

    private Trimmer Make(TimeSpan time, int most)
        => new(_journal, new StoreOptions { RemovedRetention = _ => new Retention(time, most), HistoryRetention = _ => new Retention(time, most), TrimEvery = TimeSpan.FromMinutes(1) });

    private JournalBatch Add(RecordTable table, string family, DateTimeOffset at, int count)
    {
        var records = Enumerable.Range(1, count).Select(id => new StoredRecord(family, id, at, [], new byte[1])).ToArray();
        var batch = new JournalBatch(++_revision, _revision, new byte[1], table == RecordTable.Removed ? records : [], table == RecordTable.History ? records : []);
        _journal.Append(1, batch);
        return batch;
    }

    private int Count(RecordTable table, string family) => _journal.Query(new RecordQuery(table, family, Most: 1_000)).Count;
}
