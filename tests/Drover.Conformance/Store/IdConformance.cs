using Drover.Model.Containers;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Conformance.Store;

public abstract class IdConformance(IJournals journals) : StoreConformance(journals)
{
    [Fact]
    public async Task Numbers_rise_per_family()
    {
        var stacks = await WriteAsync(tx => new[] { tx.Create(new Stack()).Id, tx.Create(new Stack()).Id });
        var container = await WriteAsync(tx => tx.Create(new Container()));

        stacks.ShouldBe([1, 2]);
        container.Id.ShouldBe(1);
    }

    [Fact]
    public async Task No_number_is_given_twice_among_many_writers()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => WriteAsync(tx => tx.Create(new Stack()).Id)));

        ids.Distinct().Count().ShouldBe(300);
    }

    [Fact]
    public async Task A_number_of_a_removed_object_does_not_come_back()
    {
        await WriteAsync(tx => tx.Create(new Stack()));
        await WriteAsync(tx => tx.Bury("stack", 1));
        await ReopenAsync();

        (await WriteAsync(tx => tx.Create(new Stack()).Id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_number_that_a_failed_write_told_of_does_not_come_back_even_after_a_restart()
    {
        var told = 0L;
        await Should.ThrowAsync<ConflictException>(WriteAsync(tx =>
        {
            told = tx.NextId("stack");
            throw new ConflictException($"could not make {told}");
        }));
        await ReopenAsync();

        (await WriteAsync(tx => tx.Create(new Stack()).Id)).ShouldBe(told + 1);
    }

    [Fact]
    public async Task A_number_that_was_only_taken_does_not_come_back_after_a_restart()
    {
        var taken = await WriteAsync(tx => tx.NextId("credential"));
        await ReopenAsync();

        (await WriteAsync(tx => tx.NextId("credential"))).ShouldBe(taken + 1);
    }

    [Fact]
    public async Task Numbers_go_on_after_a_chosen_one()
    {
        await WriteAsync(tx => tx.Create(new Stack { Id = 5 }));
        await ReopenAsync();

        (await WriteAsync(tx => tx.Create(new Stack()).Id)).ShouldBe(6);
    }

    [Fact]
    public async Task A_number_in_use_is_refused()
    {
        await WriteAsync(tx => tx.Create(new Stack { Id = 5 }));

        await Should.ThrowAsync<ConflictException>(WriteAsync(tx => tx.Create(new Stack { Id = 5 })));
    }

    [Fact]
    public async Task Numbers_taken_after_the_last_commit_survive_a_snapshot()
    {
        await WriteAsync(tx => tx.Create(new Stack()));
        await WriteAsync(tx => tx.NextId("stack"));
        await Store.SaveSnapshotAsync();
        await ReopenAsync();

        (await WriteAsync(tx => tx.NextId("stack"))).ShouldBe(3);
    }
}

public sealed class MemoryIdTests() : IdConformance(new MemoryJournals());

public sealed class SqliteIdTests() : IdConformance(new SqliteJournals());
