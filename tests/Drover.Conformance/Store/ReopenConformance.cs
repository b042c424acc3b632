using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store;
using Drover.Store.Journal;

namespace Drover.Conformance.Store;

public abstract class ReopenConformance(IJournals journals) : StoreConformance(journals)
{
    private static readonly StoreOptions OftenSnapshots = new() { SnapshotBytes = 2_000 };

    [Fact]
    public async Task Everything_is_as_it_was_after_a_restart()
    {
        await WriteSomeAsync(60);
        var (before, revision) = (All(Store.Current), Store.Current.Revision);

        await ReopenAsync();

        All(Store.Current).ShouldBe(before);
        Store.Current.Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task Everything_is_as_it_was_after_a_snapshot_and_more_writes()
    {
        await WriteSomeAsync(60);
        await Store.SaveSnapshotAsync();
        await WriteSomeAsync(30);
        var (before, revision) = (All(Store.Current), Store.Current.Revision);

        await ReopenAsync();

        All(Store.Current).ShouldBe(before);
        Store.Current.Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task Snapshots_that_come_by_themselves_while_many_write_lose_nothing()
    {
        await ReopenAsync(OftenSnapshots);
        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => WriteAsync(tx => tx.Create(new Stack { Name = $"{round}-{i}" }))));
            var before = All(Store.Current);

            await ReopenAsync(OftenSnapshots);

            All(Store.Current).ShouldBe(before);
        }

        Store.Current.Count("stack").ShouldBe(800);
        (await Store.ReadHistoryAsync("stack", 1)).ShouldBeEmpty();
        (await Store.ReadHistoryAsync("stack", 800)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Indexes_are_complete_after_a_restart()
    {
        await WriteSomeAsync(60);
        await Store.SaveSnapshotAsync();
        await WriteSomeAsync(10);
        await ReopenAsync();

        for (var host = 0L; host < 3; host++)
            Store.Current.By<Container>("hostId", host).ShouldBe(Store.Current.All<Container>().Where(entry => ((Container)entry.Wanted).HostId == host));
    }

    [Fact]
    public async Task Containers_of_one_spec_share_it_after_a_restart()
    {
        for (var i = 0; i < 10; i++)
            await WriteAsync(tx => tx.Create(new Container { Name = $"c{i}", Spec = new ContainerSpec { ImageUuid = "docker:nginx", Memory = 1 << 20 } }));
        await Store.SaveSnapshotAsync();
        await ReopenAsync();

        var specs = Store.Current.All<Container>().Select(entry => ((Container)entry.Wanted).Spec).ToArray();

        specs.ShouldAllBe(spec => ReferenceEquals(spec, specs[0]));
        specs[0].ImageUuid.ShouldBe("docker:nginx");
    }

    [Fact]
    public async Task Whoever_comes_back_with_an_old_term_is_refused()
    {
        await ReopenAsync(new StoreOptions { Term = 4 });
        await WriteAsync(tx => tx.Create(new Stack()));
        await Store.DisposeAsync();

        await Should.ThrowAsync<StaleTermException>(() => OpenAsync(new StoreOptions { Term = 3 }));
        await ReopenAsync(new StoreOptions { Term = 4 });
        Store.Current.Count("stack").ShouldBe(1);
    }

    private async Task WriteSomeAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var n = i;
            await WriteAsync(tx =>
            {
                var made = tx.Create(new Container { Name = $"c{n}", HostId = n % 3, Labels = EquatableMap.Of(("n", $"{n}")) });
                if (n % 2 == 0) tx.PutSeen("instance", made.Id, new ContainerSeen { State = "running", Generation = 1, Why = new Why("waits", tx.Now, null) });
                if (n % 5 == 0) tx.Put(made with { HostId = null, Spec = made.Spec with { ImageUuid = "docker:b" } });
                if (n % 7 == 0) tx.Bury("instance", made.Id);
            });
        }
    }
}

public sealed class MemoryReopenTests() : ReopenConformance(new MemoryJournals());

public sealed class SqliteReopenTests() : ReopenConformance(new SqliteJournals());
