using System.Runtime.Versioning;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store.Journal;
using Drover.Store.Journal.Sqlite;
using Drover.Testing;
using Microsoft.Data.Sqlite;

namespace Drover.Store.Tests.Journal;

[SupportedOSPlatform("linux")]
public sealed class SqliteJournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("drover-journal-").FullName, "data");

    private string Database => Path.Combine(_folder, "drover.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task The_folder_is_made_for_its_owner_alone()
    {
        await using var journal = new SqliteJournal(_folder);

        File.GetUnixFileMode(_folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_folder_that_is_open_is_refused_until_it_is_closed()
    {
        await using (new SqliteJournal(_folder))
            Should.Throw<DataFolderException>(() => new SqliteJournal(_folder)).Message.ShouldContain("is open in another process");

        await new SqliteJournal(_folder).DisposeAsync();
    }

    [Fact]
    public async Task A_folder_of_a_newer_version_is_refused_and_left_alone()
    {
        await WriteStacksAsync(3);
        Change("UPDATE meta SET value = 99 WHERE key = 'format'");

        Should.Throw<DataFolderException>(() => new SqliteJournal(_folder)).Message.ShouldContain("newer Drover (store format 99");
        Change("UPDATE meta SET value = 1 WHERE key = 'format'");
        (await StacksAsync()).ShouldBe(3);
    }

    [Fact]
    public void A_database_of_something_else_is_refused()
    {
        Directory.CreateDirectory(_folder);
        Change("CREATE TABLE customers(name TEXT)");

        Should.Throw<DataFolderException>(() => new SqliteJournal(_folder)).Message.ShouldContain("database of something else");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Database, string.Concat(Enumerable.Repeat("this is no database. ", 100)));

        Should.Throw<DataFolderException>(() => new SqliteJournal(_folder)).Message.ShouldContain("cannot be opened");
    }

    [Fact]
    public void A_folder_that_is_a_file_is_refused()
    {
        File.WriteAllText(_folder, "in the way");

        Should.Throw<DataFolderException>(() => new SqliteJournal(_folder));
    }

    [Fact]
    public async Task A_damaged_row_is_refused_and_named()
    {
        await WriteStacksAsync(5);
        Change("UPDATE journal SET payload = CAST(zeroblob(length(payload)) AS BLOB) WHERE first = 3");

        (await Should.ThrowAsync<DataFolderException>(StacksAsync())).Message.ShouldContain("row of revision 3 is damaged");
    }

    [Fact]
    public async Task A_missing_row_is_refused()
    {
        await WriteStacksAsync(5);
        Change("DELETE FROM journal WHERE first = 3");

        (await Should.ThrowAsync<DataFolderException>(StacksAsync())).Message.ShouldContain("the row of revision 4 follows revision 2");
    }

    [Fact]
    public async Task The_snapshot_before_steps_in_for_a_damaged_one()
    {
        await WriteStacksAsync(5, snapshotAfter: true);
        await WriteStacksAsync(5, snapshotAfter: true);
        await WriteStacksAsync(2);
        var newest = Directory.GetFiles(_folder, "snapshot-10.bin").ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(newest, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 0x55;
        await File.WriteAllBytesAsync(newest, bytes, TestContext.Current.CancellationToken);

        (await StacksAsync()).ShouldBe(12);
    }

    [Fact]
    public async Task A_damaged_snapshot_without_another_is_made_up_for_by_the_rows()
    {
        await WriteStacksAsync(5, snapshotAfter: true);
        await File.WriteAllTextAsync(Path.Combine(_folder, "snapshot-5.bin"), "gone", TestContext.Current.CancellationToken);

        (await StacksAsync()).ShouldBe(5);
    }

    [Fact]
    public async Task A_snapshot_that_was_cut_short_by_a_crash_is_thrown_away()
    {
        await WriteStacksAsync(5);
        var half = Path.Combine(_folder, "snapshot-4.bin");
        await File.WriteAllTextAsync(half, "DROVERS1 and then the power went", TestContext.Current.CancellationToken);

        (await StacksAsync()).ShouldBe(5);
        File.Exists(half).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_two_snapshots_and_the_rows_since_the_older_one_are_kept()
    {
        for (var i = 0; i < 5; i++) await WriteStacksAsync(4, snapshotAfter: true);

        Directory.GetFiles(_folder, "snapshot-*.bin").Select(Path.GetFileName).Order().ShouldBe(["snapshot-16.bin", "snapshot-20.bin"]);
        Ask("SELECT min(first) FROM journal").ShouldBe(17L);
        (await StacksAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task A_revision_out_of_line_is_refused()
    {
        await using var journal = new SqliteJournal(_folder);
        journal.Open();
        journal.Append(1, new JournalBatch(1, 2, new byte[] { 1 }, [], []));

        Should.Throw<InvalidOperationException>(() => journal.Append(1, new JournalBatch(2, 2, new byte[] { 1 }, [], [])));
        journal.Append(1, new JournalBatch(3, 3, new byte[] { 1 }, [], []));
    }

    [Fact]
    public async Task An_older_term_is_refused()
    {
        await using var journal = new SqliteJournal(_folder);
        journal.Open();
        journal.Append(5, new JournalBatch(1, 1, new byte[] { 1 }, [], []));

        Should.Throw<StaleTermException>(() => journal.Append(4, new JournalBatch(2, 2, new byte[] { 1 }, [], [])));
        Should.Throw<StaleTermException>(() => journal.Take(4, []));
        Ask("SELECT value FROM meta WHERE key = 'term'").ShouldBe(5L);
    }

    [Theory]
    [InlineData(0, new long[] { 1, 4, 5 })]
    [InlineData(2, new long[] { 1, 4, 5 })]
    [InlineData(3, new long[] { 4, 5 })]
    [InlineData(4, new long[] { 5 })]
    [InlineData(9, new long[0])]
    public async Task A_tail_begins_with_the_row_that_holds_the_next_revision(long after, long[] first)
    {
        await using var journal = new SqliteJournal(_folder);
        journal.Open();
        journal.Append(1, new JournalBatch(1, 3, new byte[] { 1 }, [], []));
        journal.Append(1, new JournalBatch(4, 4, new byte[] { 2 }, [], []));
        journal.Append(1, new JournalBatch(5, 9, new byte[] { 3 }, [], []));

        journal.Tail(after).Select(row => row.First).ShouldBe(first);
    }

    private async Task WriteStacksAsync(int count, bool snapshotAfter = false)
    {
        await using var store = await OpenAsync();
        for (var i = 0; i < count; i++) await store.WriteAsync(tx => tx.Create(new Stack { Name = $"s{i}" }), TestContext.Current.CancellationToken);
        if (snapshotAfter) await store.SaveSnapshotAsync();
    }

    private async Task<int> StacksAsync()
    {
        await using var store = await OpenAsync();
        return store.Current.Count("stack");
    }

    private Task<ResourceStore> OpenAsync()
        => ResourceStore.OpenAsync(Catalog.All, new SqliteJournal(_folder), new ManualTime(), Guid.NewGuid, cancel: TestContext.Current.CancellationToken);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        connection.Run(sql);
    }

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection.Scalar(sql);
    }
}
