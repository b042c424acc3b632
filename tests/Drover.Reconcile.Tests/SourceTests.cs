using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Store;
using Drover.Testing;

namespace Drover.Reconcile.Tests;

public sealed class SourceTests : IAsyncDisposable
{
    private readonly ResourceStore _store = new(Catalog.All, new ManualTime(), Guid.NewGuid);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_change_of_another_kind_touches_nothing()
    {
        var change = await ChangeAsync(tx => tx.Create(new Service { Name = "a" }));

        Source.Own<Container>().KeysOf(change, _store.Current).ShouldBeEmpty();
        Source.Of<Container>(c => c.ServiceId).KeysOf(change, _store.Current).ShouldBeEmpty();
        Source.Own<Service>().KeysOf(change, _store.Current).ShouldBe([1]);
    }

    [Fact]
    public async Task A_reference_touches_where_it_pointed_and_where_it_points_each_once()
    {
        var source = Source.Of<Container>(c => c.ServiceId);
        source.KeysOf(await ChangeAsync(tx => tx.Create(new Container { ServiceId = 7 })), _store.Current).ShouldBe([7]);
        source.KeysOf(await ChangeAsync(tx => tx.Put(tx.View.Get<Container>(1)! with { Name = "x" })), _store.Current).ShouldBe([7]);
        source.KeysOf(await ChangeAsync(tx => tx.Put(tx.View.Get<Container>(1)! with { ServiceId = 8 })), _store.Current).ShouldBe([7, 8]);
        source.KeysOf(await ChangeAsync(tx => tx.Put(tx.View.Get<Container>(1)! with { ServiceId = null })), _store.Current).ShouldBe([8]);
        source.KeysOf(await ChangeAsync(tx => tx.Bury("instance", 1)), _store.Current).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_own_removal_touches_a_key()
    {
        await ChangeAsync(tx => tx.Create(new Service { Name = "a" }));

        Source.Own<Service>().KeysOf(await ChangeAsync(tx => tx.Bury("service", 1)), _store.Current).ShouldBe([1]);
    }

    private async Task<Change> ChangeAsync(Action<WriteTx> body)
    {
        Commit? seen = null;
        using (_store.Watch(commit => seen = commit).Subscription) await _store.WriteAsync(body, TestContext.Current.CancellationToken);
        return seen!.Changes.Single();
    }
}
