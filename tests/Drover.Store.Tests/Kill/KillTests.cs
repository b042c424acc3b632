using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store.Journal.Sqlite;
using Drover.Testing;

namespace Drover.Store.Tests.Kill;

/// <summary>A process with concurrent writers and a subscriber is killed at random instants, a hundred times over the same data.</summary>
public sealed class KillTests
{
    private const int Kills = 50;
    private const int Writers = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_killed_process_loses_nothing_that_it_acknowledged_or_showed_and_gives_no_number_twice(int seed)
    {
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("drover-kill-").FullName;
        var given = new HashSet<long>();
        var (acknowledged, shown) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var run = await HostRun.UntilKilledAsync(folder, Writers, random, TestContext.Current.CancellationToken);
            await CheckAsync(folder, run, $"seed {seed}, kill {kill}");
            foreach (var id in run.Acks.Where(ack => ack.Step % 5 == 0).Select(ack => ack.Id).Concat(run.Told))
                given.Add(id).ShouldBeTrue($"number {id} was given twice (seed {seed}, kill {kill})");
            acknowledged += run.Acks.Count;
            shown += run.Shown.Count;
        }

        acknowledged.ShouldBeGreaterThan(Kills);
        shown.ShouldBeGreaterThan(Kills);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task CheckAsync(string folder, HostRun run, string when)
    {
        await using var store = await ResourceStore.OpenAsync(
            Catalog.All, new SqliteJournal(folder), new ManualTime(), Guid.NewGuid, new StoreOptions { RemovedRetention = _ => new Retention(TimeSpan.FromDays(10_000), int.MaxValue) }, TestContext.Current.CancellationToken);
        foreach (var objects in run.Acks.GroupBy(ack => ack.Id))
        {
            var last = objects.Last();
            var state = await StateAsync(store, last.Writer, last.Id);
            var allowed = last.Step % 5 == 3 ? [3] : new[] { last.Step % 5, (last.Step % 5) + 1 };
            allowed.ShouldContain(state, $"object {last.Id} was acknowledged at step {last.Step} ({when})");
        }

        foreach (var (revision, id) in run.Shown)
        {
            store.Current.Revision.ShouldBeGreaterThanOrEqualTo(revision, when);
            var entry = store.Current.Find("stack", id) ?? await store.FindRemovedAsync("stack", id);
            entry.ShouldNotBeNull($"object {id} was shown at revision {revision} ({when})");
        }
    }

    /// <summary>The step that an object shows, 0 to 3; 3 where it is buried. Its name tells who wrote it last.</summary>
    private static async Task<int> StateAsync(ResourceStore store, int writer, long id)
    {
        if (store.Current.Get<Stack>(id) is { } stack)
        {
            stack.Name!.ShouldStartWith($"{writer}-");
            return int.Parse(stack.Name![(stack.Name!.IndexOf('-') + 1)..]) % 5;
        }

        return await store.FindRemovedAsync("stack", id) is not null ? 3 : -1;
    }
}
