using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store.Tests.Journal;
using Drover.Testing;

namespace Drover.Store.Tests.Commits;

/// <summary>Group commit: writes that come while the journal is busy share its next sync.</summary>
public sealed class WriteLineTests : IAsyncDisposable
{
    private readonly GatedJournal _journal = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Writes_that_wait_for_a_busy_journal_share_one_sync()
    {
        await using var store = await OpenAsync(new StoreOptions());
        var first = CreateAsync(store);
        await _journal.Entered.WaitAsync(Cancel);
        var others = Enumerable.Range(0, 50).Select(_ => CreateAsync(store)).ToArray();
        await BuiltAsync(store);

        _journal.Open();
        await Task.WhenAll([first, .. others]);

        _journal.Batches.Count.ShouldBeLessThan(10);
        _journal.Batches.Sum().ShouldBe(51);
        _journal.Batches[0].ShouldBe(1);
    }

    [Fact]
    public async Task No_batch_is_larger_than_allowed()
    {
        await using var store = await OpenAsync(new StoreOptions { MostWritesPerBatch = 10 });
        var all = Enumerable.Range(0, 95).Select(_ => CreateAsync(store)).ToArray();
        await _journal.Entered.WaitAsync(Cancel);

        _journal.Open();
        await Task.WhenAll(all);

        _journal.Batches.Max().ShouldBeLessThanOrEqualTo(10);
        _journal.Batches.Sum().ShouldBe(95);
        store.Current.Count("stack").ShouldBe(95);
    }

    [Fact]
    public async Task Nobody_sees_what_the_journal_has_not_taken_yet()
    {
        await using var store = await OpenAsync(new StoreOptions());
        var shown = 0;
        using var watch = store.Watch(_ => shown++).Subscription;
        var write = CreateAsync(store);
        await _journal.Entered.WaitAsync(Cancel);

        var early = (write.IsCompleted, shown, store.Current.Revision);
        _journal.Open();
        await write;

        early.ShouldBe((false, 0, 0));
        (shown, store.Current.Revision).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Closing_a_store_finishes_what_waits()
    {
        var store = await OpenAsync(new StoreOptions());
        var writes = Enumerable.Range(0, 20).Select(_ => CreateAsync(store)).ToArray();
        await _journal.Entered.WaitAsync(Cancel);
        var closing = store.DisposeAsync();

        _journal.Open();
        await closing;

        writes.ShouldAllBe(write => write.IsCompletedSuccessfully);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Ends when all writes queued so far have run: the line is in order.</summary>
    private static Task BuiltAsync(ResourceStore store)
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = store.WriteAsync(_ => ran.SetResult(), Cancel);
        return ran.Task.WaitAsync(Cancel);
    }

    private static Task<Stack> CreateAsync(ResourceStore store) => store.WriteAsync(tx => tx.Create(new Stack()), Cancel);

    private Task<ResourceStore> OpenAsync(StoreOptions options)
        => ResourceStore.OpenAsync(Catalog.All, _journal, new ManualTime(), Guid.NewGuid, options, Cancel);
}
