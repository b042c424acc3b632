using Drover.Model.Containers;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Conformance.Store;

public abstract class RemovedConformance(IJournals journals) : StoreConformance(journals)
{
    [Fact]
    public async Task A_buried_object_leaves_the_live_state_and_is_answered_as_it_last_was()
    {
        var stack = await WriteAsync(tx => tx.Create(new Stack { Name = "web", AccountId = 5 }));
        await WriteAsync(tx =>
        {
            tx.PutSeen("stack", stack.Id, new StackSeen { State = "removed", Removed = tx.Now });
            tx.Bury("stack", stack.Id);
        });

        Store.Current.Find("stack", stack.Id).ShouldBeNull();
        Store.Current.By<Stack>("accountId", 5L).ShouldBeEmpty();
        var removed = (await Store.FindRemovedAsync("stack", stack.Id))!;
        removed.Wanted.ShouldBe(stack);
        removed.Seen.ShouldBe(new StackSeen { State = "removed", Removed = Time.GetUtcNow() });
        (removed.WantedRevision, removed.SeenRevision, removed.IsRemoved).ShouldBe((1, 2, true));
    }

    [Fact]
    public async Task A_living_object_is_not_among_the_removed()
    {
        await WriteAsync(tx => tx.Create(new Stack()));

        (await Store.FindRemovedAsync("stack", 1)).ShouldBeNull();
    }

    [Fact]
    public async Task A_removed_object_is_answered_after_a_restart()
    {
        await BuryStacksAsync(1);
        await Store.SaveSnapshotAsync();
        await ReopenAsync();

        Store.Current.Find("stack", 1).ShouldBeNull();
        (await Store.FindRemovedAsync("stack", 1))!.Wanted.Name.ShouldBe("1");
    }

    [Fact]
    public async Task A_burial_that_was_thrown_away_buries_nothing()
    {
        await WriteAsync(tx => tx.Create(new Stack()));
        await Should.ThrowAsync<ConflictException>(WriteAsync(tx =>
        {
            tx.Bury("stack", 1);
            throw new ConflictException("no");
        }));

        Store.Current.Find("stack", 1).ShouldNotBeNull();
        (await Store.FindRemovedAsync("stack", 1)).ShouldBeNull();
    }

    [Fact]
    public async Task Removed_objects_are_listed_newest_first_and_page_by_page()
    {
        await BuryStacksAsync(5);

        var first = await Store.QueryRemovedAsync("stack", most: 3);
        var second = await Store.QueryRemovedAsync("stack", before: first[^1].Id, most: 3);

        first.Concat(second).Select(entry => entry.Id).ShouldBe([5, 4, 3, 2, 1]);
        (await Store.QueryRemovedAsync("instance")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Removed_objects_are_forgotten_when_their_time_is_over()
    {
        await ReopenAsync(new StoreOptions { RemovedRetention = _ => new Retention(TimeSpan.FromHours(1), 100) });
        await BuryStacksAsync(2);
        Time.Advance(TimeSpan.FromMinutes(50));
        await BuryStacksAsync(1);
        (await Store.QueryRemovedAsync("stack")).Count.ShouldBe(3);

        Time.Advance(TimeSpan.FromMinutes(20));

        (await Store.FindRemovedAsync("stack", 1)).ShouldBeNull();
        (await Store.QueryRemovedAsync("stack")).ShouldHaveSingleItem().Id.ShouldBe(3);
    }

    [Fact]
    public async Task No_more_removed_objects_are_kept_than_allowed_the_oldest_go_first()
    {
        await ReopenAsync(new StoreOptions { RemovedRetention = _ => new Retention(TimeSpan.FromDays(1), 10), TrimEvery = TimeSpan.Zero });
        await BuryStacksAsync(40);
        await WriteAsync(tx => tx.Create(new Container()));
        await WriteAsync(tx => tx.Create(new Container()));

        (await Store.QueryRemovedAsync("stack")).Select(entry => entry.Id).ShouldBe([40, 39, 38, 37, 36, 35, 34, 33, 32, 31]);
    }

    private async Task BuryStacksAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var stack = await WriteAsync(tx => tx.Create(new Stack { Name = $"{i + 1}" }));
            await WriteAsync(tx => tx.Bury("stack", stack.Id));
        }
    }
}

public sealed class MemoryRemovedTests() : RemovedConformance(new MemoryJournals());

public sealed class SqliteRemovedTests() : RemovedConformance(new SqliteJournals());
