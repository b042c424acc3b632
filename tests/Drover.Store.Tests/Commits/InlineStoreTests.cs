using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Testing;

namespace Drover.Store.Tests.Commits;

/// <summary>The store of tests and of the simulator: every write ends on its caller's thread, so that one thread is enough.</summary>
public sealed class InlineStoreTests : IAsyncDisposable
{
    private readonly ResourceStore _store = new(Catalog.All, new ManualTime(), Guid.NewGuid);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public void A_write_has_ended_when_the_call_returns()
    {
        var thread = 0;
        using var watch = _store.Watch(_ => thread = Environment.CurrentManagedThreadId).Subscription;

        var write = _store.WriteAsync(tx => tx.Create(new Stack { Name = "a" }), TestContext.Current.CancellationToken);

        write.IsCompletedSuccessfully.ShouldBeTrue();
        thread.ShouldBe(Environment.CurrentManagedThreadId);
        _store.Current.Count("stack").ShouldBe(1);
    }

    [Fact]
    public void A_watcher_that_writes_is_told_that_it_may_not()
    {
        Exception? told = null;
        using var watch = _store.Watch(_ => told = Should.Throw<InvalidOperationException>(() => { _store.WriteAsync(tx => tx.Create(new Stack())); })).Subscription;

        _store.WriteAsync(tx => tx.Create(new Stack()), TestContext.Current.CancellationToken);

        told!.Message.ShouldContain("may not write");
        _store.Current.Count("stack").ShouldBe(1);
    }

    [Fact]
    public void A_body_that_writes_past_its_transaction_is_refused()
    {
        var write = _store.WriteAsync(tx => { _store.WriteAsync(inner => inner.Create(new Stack())); }, TestContext.Current.CancellationToken);

        write.IsFaulted.ShouldBeTrue();
        _store.Current.Count("stack").ShouldBe(0);
    }

    [Fact]
    public async Task Many_threads_may_write_all_the_same()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await _store.WriteAsync(tx => tx.Create(new Stack()));
        })));

        _store.Current.Count("stack").ShouldBe(800);
        _store.Current.Revision.ShouldBe(800);
    }
}
