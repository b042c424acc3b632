using System.Collections.Concurrent;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store.Journal;
using Drover.Testing;

namespace Drover.Store.Tests.Journal;

/// <summary>The journal breaks between any two writes: what was acknowledged or shown is there afterwards, and no number comes twice.</summary>
public sealed class FaultTests
{
    private readonly ManualTime _time = new();

    public static TheoryData<int, Fault> Breaks
    {
        get
        {
            var breaks = new TheoryData<int, Fault>();
            for (var at = 1; at <= 25; at++)
            {
                breaks.Add(at, Fault.Before);
                breaks.Add(at, Fault.After);
            }

            return breaks;
        }
    }

    [Theory, MemberData(nameof(Breaks))]
    public async Task Nothing_acknowledged_or_shown_is_lost_wherever_the_journal_breaks(int at, Fault fault)
    {
        var memory = new MemoryJournal();
        var store = await OpenAsync(new FaultyJournal(memory, at, fault));
        var shown = new ConcurrentQueue<Commit>();
        var told = new ConcurrentBag<long>();
        store.Watch(shown.Enqueue);

        var acknowledged = (await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => WriteUntilBrokenAsync(store, writer, told)))).SelectMany(mine => mine).ToArray();
        await store.DisposeAsync();
        await using var after = await OpenAsync(memory);

        foreach (var stack in acknowledged) after.Current.Get<Stack>(stack.Id).ShouldBe(stack);
        foreach (var change in shown.SelectMany(commit => commit.Changes)) after.Current.Find("stack", change.Entry.Id).ShouldNotBeNull();
        shown.Select(commit => commit.Revision).ShouldBe(Enumerable.Range(1, shown.Count).Select(revision => (long)revision));
        var next = await after.WriteAsync(tx => tx.Create(new Stack()).Id, TestContext.Current.CancellationToken);
        told.ShouldNotContain(next);
        after.Current.All<Stack>().Count(entry => entry.Id == next).ShouldBe(1);
    }

    [Fact]
    public async Task A_store_whose_journal_broke_says_why_and_goes_on_reading()
    {
        await using var store = await OpenAsync(new FaultyJournal(new MemoryJournal(), 2, Fault.Before));
        await CreateAsync(store, "kept");

        var first = await Should.ThrowAsync<StoreFailedException>(CreateAsync(store, "lost"));
        var second = await Should.ThrowAsync<StoreFailedException>(CreateAsync(store, "refused"));

        first.Message.ShouldContain("No space left on device");
        second.Message.ShouldBe(first.Message);
        store.Failure.ShouldNotBeNull();
        store.Current.All<Stack>().ShouldHaveSingleItem().Wanted.Name.ShouldBe("kept");
    }

    [Fact]
    public async Task Nobody_sees_a_write_that_the_journal_did_not_take()
    {
        await using var store = await OpenAsync(new FaultyJournal(new MemoryJournal(), 1, Fault.After));
        var shown = 0;
        store.Watch(_ => shown++);

        await Should.ThrowAsync<StoreFailedException>(CreateAsync(store, "unsure"));

        shown.ShouldBe(0);
        store.Current.Revision.ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_body_that_saw_an_unsynced_write_is_told_only_with_it()
    {
        var gate = new GatedJournal();
        await using var store = await OpenAsync(gate);
        var write = CreateAsync(store, "taken");
        await gate.Entered.WaitAsync(TestContext.Current.CancellationToken);
        var refused = store.WriteAsync(
            tx =>
            {
                if (tx.View.All<Stack>().Any(entry => entry.Wanted.Name == "taken")) throw new ConflictException("the name is taken");
            },
            TestContext.Current.CancellationToken);
        var idle = store.WriteAsync(tx => tx.View.Revision, TestContext.Current.CancellationToken);

        await Task.Yield();
        var early = (write.IsCompleted, refused.IsCompleted, idle.IsCompleted);
        gate.Open();

        early.ShouldBe((false, false, false));
        await write;
        await Should.ThrowAsync<ConflictException>(refused);
        (await idle).ShouldBe(1);
    }

    private static async Task<List<Stack>> WriteUntilBrokenAsync(ResourceStore store, int writer, ConcurrentBag<long> told)
    {
        var acknowledged = new List<Stack>();
        try
        {
            for (var i = 0; ; i++)
            {
                if (i % 3 == 2) await FailOnPurposeAsync(store, told);
                var stack = await CreateAsync(store, $"{writer}-{i}");
                told.Add(stack.Id);
                acknowledged.Add(stack);
            }
        }
        catch (StoreFailedException)
        {
            return acknowledged;
        }
    }

    private static async Task FailOnPurposeAsync(ResourceStore store, ConcurrentBag<long> told)
    {
        var taken = 0L;
        try
        {
            await store.WriteAsync(tx =>
            {
                taken = tx.NextId("stack");
                throw new ConflictException($"tells of {taken}");
            });
        }
        catch (ConflictException)
        {
            told.Add(taken);
        }
    }

    private static Task<Stack> CreateAsync(ResourceStore store, string name)
        => store.WriteAsync(tx => tx.Create(new Stack { Name = name }), TestContext.Current.CancellationToken);

    private Task<ResourceStore> OpenAsync(IJournal journal)
        => ResourceStore.OpenAsync(Catalog.All, journal, _time, Guid.NewGuid, cancel: TestContext.Current.CancellationToken);
}
