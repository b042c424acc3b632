using System.Collections.Concurrent;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Conformance.Store;

public abstract class WatchConformance(IJournals journals) : StoreConformance(journals)
{
    [Fact]
    public async Task A_watcher_gets_what_the_snapshot_lacks_once_and_in_order()
    {
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await WriteAsync(tx => tx.Create(new Stack { Name = $"{writer}-{i}" }));
        })).ToArray();
        var watches = new List<(Snapshot Start, ConcurrentQueue<Commit> Commits, IDisposable End)>();
        while (!writers.All(writer => writer.IsCompleted))
        {
            var commits = new ConcurrentQueue<Commit>();
            var (start, end) = Store.Watch(commits.Enqueue);
            watches.Add((start, commits, end));
            await Task.Yield();
        }

        await Task.WhenAll(writers);
        foreach (var (start, commits, end) in watches)
        {
            end.Dispose();
            var expected = Enumerable.Range((int)start.Revision + 1, 400 - (int)start.Revision).Select(revision => (long)revision);
            commits.Select(commit => commit.Revision).ShouldBe(expected);
            start.All<Stack>().Concat(commits.SelectMany(commit => commit.Changes).Select(change => change.Entry)).Select(entry => entry.Id).Order()
                .ShouldBe(Enumerable.Range(1, 400).Select(id => (long)id));
        }
    }

    [Fact]
    public async Task A_commit_tells_each_object_once_as_it_was_and_as_it_is()
    {
        var commits = new List<Commit>();
        using var watch = Store.Watch(commits.Add).Subscription;

        await WriteAsync(tx =>
        {
            var stack = tx.Create(new Stack { Name = "a" });
            tx.Put(stack with { Name = "b" });
            tx.PutSeen("stack", stack.Id, new StackSeen { HealthState = "healthy" });
        });
        await WriteAsync(tx =>
        {
            tx.PutSeen("stack", 1, new StackSeen { State = "removed", Removed = tx.Now });
            tx.Bury("stack", 1);
        });

        var created = commits[0].Changes.ShouldHaveSingleItem();
        created.Before.ShouldBeNull();
        (created.After!.Wanted.Name, ((StackSeen)created.After.Seen).HealthState).ShouldBe(("b", "healthy"));
        var removed = commits[1].Changes.ShouldHaveSingleItem();
        removed.Before.ShouldBe(created.After);
        removed.After.ShouldBeNull();
    }

    [Fact]
    public async Task What_comes_and_goes_in_one_transaction_is_no_change()
    {
        var commits = new List<Commit>();
        using var watch = Store.Watch(commits.Add).Subscription;

        await WriteAsync(tx => tx.Bury("stack", tx.Create(new Stack()).Id));

        commits.ShouldHaveSingleItem().Changes.ShouldBeEmpty();
        (await Store.FindRemovedAsync("stack", 1)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_newest_state_is_there_before_a_watcher_hears_of_it()
    {
        var seen = new List<(long Told, long Newest)>();
        using var watch = Store.Watch(commit => seen.Add((commit.Revision, Store.Current.Revision))).Subscription;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => WriteAsync(tx => tx.Create(new Stack()))));

        seen.Count.ShouldBe(50);
        seen.ShouldAllBe(pair => pair.Newest >= pair.Told);
    }

    [Fact]
    public async Task A_failed_write_is_not_told()
    {
        var told = 0;
        using var watch = Store.Watch(_ => told++).Subscription;

        await Should.ThrowAsync<ProblemException>(WriteAsync(tx =>
        {
            tx.Create(new Stack());
            throw new ProblemException(Problem.Forbidden());
        }));

        told.ShouldBe(0);
    }

    [Fact]
    public async Task A_watcher_that_ended_hears_nothing_more()
    {
        var told = 0;
        var watch = Store.Watch(_ => told++).Subscription;
        await WriteAsync(tx => tx.Create(new Stack()));
        watch.Dispose();

        await WriteAsync(tx => tx.Create(new Stack()));

        told.ShouldBe(1);
    }

    [Fact]
    public async Task A_watcher_that_throws_harms_neither_the_write_nor_the_others()
    {
        var defects = new List<Exception>();
        await ReopenAsync(new StoreOptions { OnDefect = defects.Add });
        var told = 0;
        using var bad = Store.Watch(_ => throw new InvalidOperationException("broken watcher")).Subscription;
        using var good = Store.Watch(_ => told++).Subscription;

        await WriteAsync(tx => tx.Create(new Stack()));

        told.ShouldBe(1);
        defects.ShouldHaveSingleItem().Message.ShouldBe("broken watcher");
    }
}

public sealed class MemoryWatchTests() : WatchConformance(new MemoryJournals());

public sealed class SqliteWatchTests() : WatchConformance(new SqliteJournals());
