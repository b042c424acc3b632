using System.Text.Json.Nodes;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store;

namespace Drover.Conformance.Store;

public abstract class HistoryConformance(IJournals journals) : StoreConformance(journals)
{
    private static readonly Kind Logs = Catalog.All.Of<ServiceLog>();

    [Fact]
    public async Task A_record_of_history_is_answered_by_its_keys_and_never_lives_in_memory()
    {
        var commits = new List<Commit>();
        using var watch = Store.Watch(commits.Add).Subscription;

        var log = await Store.AppendHistoryAsync(new ServiceLog { ServiceId = 7, AccountId = 5, EventType = "service.activate" }, Cancel);

        Store.Current.All<ServiceLog>().ShouldBeEmpty();
        (await Store.QueryHistoryAsync(Logs, "serviceId", 7L)).ShouldHaveSingleItem().Wanted.ShouldBe(log);
        (await Store.QueryHistoryAsync(Logs, "accountId", 5L)).ShouldHaveSingleItem();
        (await Store.QueryHistoryAsync(Logs, "serviceId", 8L)).ShouldBeEmpty();
        var commit = commits.ShouldHaveSingleItem();
        commit.Changes.ShouldBeEmpty();
        commit.History.ShouldHaveSingleItem().Wanted.ShouldBe(log);
    }

    [Fact]
    public async Task History_is_written_with_its_transaction_or_not_at_all()
    {
        await Should.ThrowAsync<ConflictException>(WriteAsync(tx =>
        {
            tx.Create(new ServiceLog { ServiceId = 7 });
            throw new ConflictException("no");
        }));
        await WriteAsync(tx =>
        {
            tx.Create(new Stack());
            tx.Create(new ServiceLog { ServiceId = 8 });
        });

        (await Store.QueryHistoryAsync(Logs)).ShouldHaveSingleItem().Id.ShouldBe(2);
    }

    [Fact]
    public async Task History_comes_newest_first_and_page_by_page()
    {
        for (var i = 0; i < 7; i++) await Store.AppendHistoryAsync(new ServiceLog { ServiceId = i % 2 }, Cancel);

        var all = await Store.QueryHistoryAsync(Logs);
        var first = await Store.QueryHistoryAsync(Logs, "serviceId", 0L, most: 2);
        var second = await Store.QueryHistoryAsync(Logs, "serviceId", 0L, before: first[^1].Id, most: 9);

        all.Select(entry => entry.Id).ShouldBe([7, 6, 5, 4, 3, 2, 1]);
        first.Concat(second).Select(entry => entry.Id).ShouldBe([7, 5, 3, 1]);
    }

    [Fact]
    public async Task History_and_its_numbers_go_on_after_a_restart()
    {
        await Store.AppendHistoryAsync(new ServiceLog { ServiceId = 7 }, Cancel);
        await ReopenAsync();
        await Store.AppendHistoryAsync(new ServiceLog { ServiceId = 7, EndTime = Time.GetUtcNow() }, Cancel);

        (await Store.QueryHistoryAsync(Logs, "serviceId", 7L)).Select(entry => entry.Id).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task History_is_forgotten_when_its_time_is_over_or_when_there_is_too_much()
    {
        await ReopenAsync(new StoreOptions { HistoryRetention = _ => new Retention(TimeSpan.FromHours(1), 5), TrimEvery = TimeSpan.Zero });
        for (var i = 0; i < 9; i++) await Store.AppendHistoryAsync(new ServiceLog(), Cancel);
        await WriteAsync(tx => tx.Create(new Stack()));
        await WriteAsync(tx => tx.Create(new Stack()));
        (await Store.QueryHistoryAsync(Logs)).Select(entry => entry.Id).ShouldBe([9, 8, 7, 6, 5]);

        Time.Advance(TimeSpan.FromHours(2));

        (await Store.QueryHistoryAsync(Logs)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_kinds_declared_as_history_are_asked_for_it()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.AppendHistoryAsync(new Stack(), Cancel));
        await Should.ThrowAsync<ArgumentException>(() => Store.QueryHistoryAsync(Catalog.All.Of<Stack>()));
        await Should.ThrowAsync<ArgumentException>(() => Store.QueryHistoryAsync(Logs, "level", "info"));
    }

    [Fact]
    public async Task What_happened_to_an_object_is_told_from_the_journal_step_by_step()
    {
        var service = await WriteAsync(tx => tx.Create(new Service { Name = "web", Scale = 2 }));
        Time.Advance(TimeSpan.FromMinutes(1));
        await WriteAsync(tx => tx.Create(new Service { Name = "other" }));
        await WriteAsync(tx => tx.Put(service with { Scale = 5 }));
        await WriteAsync(tx => tx.PutSeen("service", service.Id, new ServiceSeen { CurrentScale = 5 }));
        await WriteAsync(tx => tx.Bury("service", service.Id));

        var steps = await Store.ReadHistoryAsync("service", service.Id);

        steps.Select(step => (long)step["revision"]!).ShouldBe([1, 3, 4, 5]);
        steps.Select(step => (string)step["change"]!).ShouldBe(["created", "changed", "changed", "removed"]);
        steps[1]["at"]!.GetValue<DateTimeOffset>().ShouldBe(Time.GetUtcNow());
        JsonNode.DeepEquals(steps[1]["wanted"], JsonNode.Parse("""{"scale":5}""")).ShouldBeTrue(steps[1].ToJsonString());
        JsonNode.DeepEquals(steps[2]["seen"], JsonNode.Parse("""{"currentScale":5}""")).ShouldBeTrue(steps[2].ToJsonString());
        ((string)steps[0]["wanted"]!["name"]!).ShouldBe("web");
    }

    [Fact]
    public async Task The_story_of_an_object_never_tells_a_secret()
    {
        var key = await WriteAsync(tx => tx.Create(new ApiKey { PublicValue = "public", SecretValue = "se-cret", SecretHash = "ha-sh" }));
        await WriteAsync(tx => tx.Put(key with { SecretValue = "new-secret" }));

        var story = string.Concat((await Store.ReadHistoryAsync("credential", key.Id)).Select(step => step.ToJsonString()));

        story.ShouldContain("public");
        story.ShouldNotContain("se-cret");
        story.ShouldNotContain("ha-sh");
        story.ShouldNotContain("new-secret");
    }
}

public sealed class MemoryHistoryTests() : HistoryConformance(new MemoryJournals());

public sealed class SqliteHistoryTests() : HistoryConformance(new SqliteJournals());
