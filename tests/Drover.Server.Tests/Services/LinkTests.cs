using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Reconcile;
using Drover.Server.Services;
using Drover.Store;
using Drover.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Server.Tests.Services;

public sealed class LinkTests
{
    [Fact]
    public void The_index_is_what_a_fresh_look_would_see_after_any_history()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(60).ToArbitrary(), history =>
        {
            var store = NewStore();
            var index = new LinkIndex();
            using var following = index.Follow(store);
            foreach (var draw in history) Step(store, draw);
            var services = store.Current.All<Service>().Select(s => (Service)s.Wanted).ToList();
            return Enumerable.Range(1, 40).All(id => index.ConsumersOf(id).Order().SequenceEqual(services.Where(s => s.Links.Values.Contains(id)).Select(s => s.Id)))
                && Names.All(name => index.WaitingFor(5, name).Order().SequenceEqual(services.Where(s => s.OpenLinks.Values.Any(o => LinkIndex.ServiceOf(o) == name)).Select(s => s.Id)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void However_services_come_and_go_links_end_closed_where_the_target_lives_and_nowhere_else()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(60).ToArbitrary(), history =>
        {
            var store = NewStore();
            var index = new LinkIndex();
            using var following = index.Follow(store);
            using var queue = new Controllers(store, new LinkReconciler(store, index));
            foreach (var draw in history)
            {
                Step(store, draw);
                if (draw % 3 == 0) queue.Run();
            }

            queue.Run();
            return store.Current.All<Service>().Select(s => (Service)s.Wanted).All(service =>
                service.Links.Values.All(target => store.Current.Find<Service>(target) is { Wanted.RemoveRequested: false })
                && service.OpenLinks.Values.All(open => ServiceLinks.Find(store.Current, service, open) is null));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("db", 1L)]
    [InlineData("DB", 1L)]
    [InlineData("other/db", 2L)]
    [InlineData("OTHER/db", 2L)]
    [InlineData("other/none", null)]
    [InlineData("none/db", null)]
    public void A_name_is_found_in_its_own_stack_or_the_one_it_names(string name, long? id)
    {
        var store = NewStore();
        Write(store, tx => tx.Create(new Service { AccountId = 5, StackId = 1, Name = "db" }));
        Write(store, tx => tx.Create(new Service { AccountId = 5, StackId = 2, Name = "db" }));

        var found = ServiceLinks.Find(store.Current, new Service { AccountId = 5, StackId = 1 }, name)?.Id;

        found.ShouldBe(id);
    }

    [Fact]
    public void Another_environments_stack_is_not_found()
    {
        var store = NewStore();
        Write(store, tx => tx.Create(new Service { AccountId = 5, StackId = 2, Name = "db" }));

        ServiceLinks.Find(store.Current, new Service { AccountId = 6, StackId = 9 }, "other/db").ShouldBeNull();
    }

    private static readonly string[] Names = ["a", "b", "c", "d"];

    private static ResourceStore NewStore()
    {
        var store = new ResourceStore(Catalog.All, new ManualTime(), Guid.NewGuid);
        Write(store, tx => tx.Create(new Stack { AccountId = 5, Name = "own" }));
        Write(store, tx => tx.Create(new Stack { AccountId = 5, Name = "other" }));
        return store;
    }

    private static void Step(ResourceStore store, int draw) => Write(store, tx =>
    {
        var services = tx.View.All<Service>().ToList();
        var one = services.Count == 0 ? null : services[draw / 10 % services.Count];
        switch (draw % 6)
        {
            case 0 or 1:
                tx.Create(new Service { AccountId = 5, StackId = 1 + (draw % 2), Name = Names[draw / 10 % 4], OpenLinks = EquatableMap.Of(("x", draw % 3 == 0 ? "other/" + Names[draw / 100 % 4] : Names[draw / 100 % 4])) });
                break;
            case 2 when one is not null:
                tx.Put((Service)one.Wanted with { Links = EquatableMap.Of(("y", services[draw / 100 % services.Count].Id)) });
                break;
            case 3 when one is not null:
                tx.Put((Service)one.Wanted with { RemoveRequested = true });
                break;
            case 4 when one is not null:
                tx.Bury("service", one.Id);
                break;
            case 5 when one is not null:
                tx.Put((Service)one.Wanted with { Name = Names[draw / 100 % 4] });
                break;
        }

        return true;
    });

    private static void Write<T>(ResourceStore store, Func<WriteTx, T> body) => store.WriteAsync(body).GetAwaiter().GetResult();

    private sealed class Controllers : IDisposable
    {
        private readonly ControllerHost _host;

        public Controllers(ResourceStore store, Reconciler reconciler)
        {
            _host = new ControllerHost(store, [reconciler], [], new ManualTime(), ControllerOptions.Default, NullLogger<ControllerHost>.Instance);
            _host.Open();
        }

        public void Run()
        {
            while (_host.StepAsync(CancellationToken.None).GetAwaiter().GetResult())
            {
            }
        }

        public void Dispose() => _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
