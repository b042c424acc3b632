using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Scheduling;
using Drover.Server.Containers;
using Drover.Store;
using Drover.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Containers;

public sealed class PlacementIndexTests
{
    [Fact]
    public void After_any_history_it_is_what_a_fresh_look_would_see()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(80).ToArbitrary(), history =>
        {
            var store = NewStore();
            var index = new PlacementIndex();
            using var following = index.Follow(store);
            foreach (var draw in history) Step(store, draw);
            return Same(index, store);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_reads_what_is_there_when_it_begins()
    {
        var store = NewStore();
        for (var draw = 0; draw < 60; draw++) Step(store, draw * 37);
        var index = new PlacementIndex();

        using var following = index.Follow(store);

        Same(index, store).ShouldBeTrue();
        index.Of(5).View.Hosts.Count.ShouldBe(3);
    }

    [Fact]
    public void Environments_do_not_see_each_other()
    {
        var store = NewStore();
        var index = new PlacementIndex();
        using var following = index.Follow(store);

        Write(store, tx => tx.Create(new Container { AccountId = 6, Spec = new ContainerSpec() }));

        index.Of(5).Unplaced.ShouldBeEmpty();
        index.Of(6).Unplaced.Count.ShouldBe(1);
        index.Of(7).ShouldBe(PlacementIndex.Area.Empty);
    }

    private static bool Same(PlacementIndex index, ResourceStore store)
    {
        var view = store.Current;
        var area = index.Of(5);
        if (!area.Unplaced.SequenceEqual(view.All<Container>().Where(ContainerUses.IsUnplaced).Select(c => c.Id))) return false;
        if (!area.Rejected.SequenceEqual(view.All<Container>().Where(ContainerUses.IsRejected).Select(c => c.Id))) return false;
        foreach (var host in view.All<Host>())
        {
            var load = area.View.Hosts[host.Id];
            var fresh = view.By<Container>("hostId", host.Id).Aggregate(new HostLoad(host.Id, ""), (one, c) => one.With(ContainerUses.Of((Container)c.Wanted)));
            if (!load.Containers.Keys.Order().SequenceEqual(fresh.Containers.Keys.Order()) || load.MemoryTaken != fresh.MemoryTaken) return false;
            if (!load.Ports.Keys.Order().SequenceEqual(fresh.Ports.Keys.Order()) || load.Closed != HostOpening.WhyClosed(host)) return false;
        }

        return true;
    }

    private static ResourceStore NewStore()
    {
        var store = new ResourceStore(Catalog.All, new ManualTime(), Guid.NewGuid);
        for (var i = 0; i < 3; i++) Write(store, tx => tx.Create(new Host { AccountId = 5 }, new HostSeen { State = "active", Generation = 1, Hostname = "h" }));
        return store;
    }

    private static void Step(ResourceStore store, int draw) => Write(store, tx =>
    {
        var containers = tx.View.All<Container>().ToList();
        var one = containers.Count == 0 ? null : containers[draw / 10 % containers.Count];
        switch (draw % 9)
        {
            case 0 or 1:
                tx.Create(new Container { AccountId = 5, Spec = new ContainerSpec { Ports = [$"{1000 + (draw % 7)}:80"], MemoryReservation = draw } });
                break;
            case 2 or 3 when one is not null:
                tx.Put((Container)one.Wanted with { HostId = 1 + (draw % 3) });
                break;
            case 4 when one is not null:
                tx.Put((Container)one.Wanted with { HostId = null });
                break;
            case 5 when one is not null:
                tx.Put((Container)one.Wanted with { Running = draw % 3 == 0 });
                break;
            case 6 when one is not null:
                ContainerMoves.Bury(tx, one);
                break;
            case 7 when one is not null:
                tx.PutSeen("instance", one.Id, (ContainerSeen)one.Seen with { State = draw % 2 == 0 ? "error" : "running", Failed = draw % 2 == 0 });
                break;
            case 8:
                tx.PutSeen("host", 1 + (draw % 3), new HostSeen { State = draw % 5 == 0 ? "inactive" : "active", Generation = 1, Hostname = "h", AgentState = draw % 4 == 0 ? "reconnecting" : "active" });
                break;
        }

        return true;
    });

    private static void Write<T>(ResourceStore store, Func<WriteTx, T> body) => store.WriteAsync(body).GetAwaiter().GetResult();
}
