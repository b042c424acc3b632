using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Conformance.Store;

public abstract class WriteConformance(IJournals journals) : StoreConformance(journals)
{
    [Fact]
    public void A_fresh_store_is_empty()
    {
        Store.Current.Revision.ShouldBe(0);
        All(Store.Current).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_created_object_has_number_uuid_time_and_the_create_through_state()
    {
        var created = await WriteAsync(tx => tx.Create(new Stack { Name = "web" }));

        var entry = Store.Current.Find<Stack>(created.Id)!;
        entry.Wanted.ShouldBe(created);
        (created.Id, created.Generation, created.Created, created.State).ShouldBe((1, 1, Time.GetUtcNow(), "activating"));
        Guid.TryParse(created.Uuid, out _).ShouldBeTrue();
        (entry.WantedRevision, entry.SeenRevision, Store.Current.Revision).ShouldBe((1, 1, 1));
        entry.Seen.ShouldBe(new StackSeen());
    }

    [Fact]
    public async Task A_snapshot_stays_as_it_was_when_it_was_taken()
    {
        var stack = await WriteAsync(tx => tx.Create(new Stack { Name = "old", AccountId = 5 }));
        var before = Store.Current;

        await WriteAsync(tx => tx.Put(stack with { Name = "new", AccountId = 6 }));
        await WriteAsync(tx => tx.Create(new Stack { AccountId = 5 }));

        before.Get<Stack>(stack.Id)!.Name.ShouldBe("old");
        before.By<Stack>("accountId", 5L).ShouldHaveSingleItem().Id.ShouldBe(stack.Id);
        before.By<Stack>("accountId", 6L).ShouldBeEmpty();
        before.All<Stack>().ShouldHaveSingleItem();
        Store.Current.Get<Stack>(stack.Id)!.Name.ShouldBe("new");
    }

    [Fact]
    public async Task A_body_that_throws_writes_nothing_and_fails_its_own_caller_alone()
    {
        var good = WriteAsync(tx => tx.Create(new Stack { Name = "before" }));
        var bad = WriteAsync(tx =>
        {
            tx.Create(new Stack { Name = "half" });
            throw new InvalidOperationException("changed my mind");
        });
        var after = WriteAsync(tx => tx.Create(new Stack { Name = "after" }));

        (await Should.ThrowAsync<InvalidOperationException>(bad)).Message.ShouldBe("changed my mind");
        await good;
        await after;
        Store.Current.All<Stack>().Select(entry => entry.Wanted.Name).ShouldBe(["before", "after"]);
        Store.Current.Revision.ShouldBe(2);
    }

    [Fact]
    public async Task Each_write_is_built_on_the_one_before()
    {
        var stack = await WriteAsync(tx => tx.Create(new Stack { Name = "0" }));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => WriteAsync(tx =>
            tx.Put(tx.View.Get<Stack>(stack.Id)! with { Name = $"{int.Parse(tx.View.Get<Stack>(stack.Id)!.Name!) + 1}" }))));

        Store.Current.Get<Stack>(stack.Id)!.Name.ShouldBe("500");
        Store.Current.Revision.ShouldBe(501);
    }

    [Fact]
    public async Task A_transaction_sees_its_own_writes_and_a_view_taken_earlier_does_not()
        => await WriteAsync(tx =>
        {
            var empty = tx.View;
            var stack = tx.Create(new Stack { Name = "a", AccountId = 5 });
            var one = tx.View;
            foreach (var entry in tx.View.By<Stack>("accountId", 5L)) tx.Put(((Stack)entry.Wanted) with { AccountId = 7 });

            empty.All<Stack>().ShouldBeEmpty();
            one.By<Stack>("accountId", 5L).ShouldHaveSingleItem();
            tx.View.By<Stack>("accountId", 5L).ShouldBeEmpty();
            tx.View.Get<Stack>(stack.Id)!.AccountId.ShouldBe(7);
        });

    [Fact]
    public async Task Whoever_relied_on_an_older_wish_gets_a_conflict()
    {
        var stack = await WriteAsync(tx => tx.Create(new Stack { Name = "a" }));
        var read = Store.Current.Find<Stack>(stack.Id)!;
        await WriteAsync(tx => tx.Put(stack with { Name = "b" }));

        await Should.ThrowAsync<ConflictException>(WriteAsync(tx =>
        {
            tx.Expect(read);
            tx.Put(stack with { Name = "c" });
        }));

        Store.Current.Get<Stack>(stack.Id)!.Name.ShouldBe("b");
    }

    [Fact]
    public async Task A_status_does_not_conflict_with_a_wish()
    {
        var stack = await WriteAsync(tx => tx.Create(new Stack { Name = "a" }));
        var read = Store.Current.Find<Stack>(stack.Id)!;
        await WriteAsync(tx => tx.PutSeen("stack", stack.Id, new StackSeen { HealthState = "healthy" }));

        await WriteAsync(tx =>
        {
            tx.Expect(read);
            tx.Put(stack with { Name = "b" });
        });

        var entry = Store.Current.Find<Stack>(stack.Id)!;
        (entry.WantedRevision, entry.SeenRevision).ShouldBe((3, 2));
        ((StackSeen)entry.Seen).HealthState.ShouldBe("healthy");
    }

    [Fact]
    public async Task A_status_that_says_nothing_new_is_no_commit()
    {
        var stack = await WriteAsync(tx => tx.Create(new Stack(), new StackSeen { HealthState = "healthy" }));

        await WriteAsync(tx => tx.PutSeen("stack", stack.Id, new StackSeen { HealthState = "healthy" }));

        Store.Current.Revision.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_gone_cannot_be_written()
    {
        await Should.ThrowAsync<ConflictException>(WriteAsync(tx => tx.Put(new Stack { Id = 9 })));
        await Should.ThrowAsync<ConflictException>(WriteAsync(tx => tx.PutSeen("stack", 9, new StackSeen())));
        await Should.ThrowAsync<ConflictException>(WriteAsync(tx => tx.Bury("stack", 9)));
    }

    [Fact]
    public async Task An_object_keeps_its_kind_and_its_kind_of_status()
    {
        var container = await WriteAsync(tx => tx.Create(new Container()));

        await Should.ThrowAsync<ArgumentException>(WriteAsync(tx => tx.PutSeen("instance", container.Id, new PlainSeen { State = "running" })));
        await Should.ThrowAsync<ArgumentException>(WriteAsync(tx => tx.Create(new Service(), new StackSeen())));
    }

    [Fact]
    public async Task A_write_that_was_called_off_does_not_run()
    {
        var ran = false;
        await Should.ThrowAsync<OperationCanceledException>(Store.WriteAsync(_ => { ran = true; }, new CancellationToken(canceled: true)));

        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task A_transaction_cannot_be_used_after_its_body_returned()
    {
        var kept = await WriteAsync(tx => tx);

        Should.Throw<InvalidOperationException>(() => kept.Create(new Stack()));
        Store.Current.All<Stack>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_closed_store_takes_no_writes()
    {
        var first = WriteAsync(tx => tx.Create(new Stack()));
        await Store.DisposeAsync();

        await first;
        await Should.ThrowAsync<ObjectDisposedException>(WriteAsync(tx => tx.Create(new Stack())));
    }

    [Fact]
    public async Task A_family_that_nobody_declared_has_nothing()
    {
        Store.Current.Find("nothing", 1).ShouldBeNull();
        Store.Current.Count("nothing").ShouldBe(0);
        (await Store.FindRemovedAsync("nothing", 1)).ShouldBeNull();
    }
}

public sealed class MemoryWriteTests() : WriteConformance(new MemoryJournals());

public sealed class SqliteWriteTests() : WriteConformance(new SqliteJournals());
