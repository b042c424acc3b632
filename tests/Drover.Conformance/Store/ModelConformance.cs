using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Conformance.Store;

/// <summary>Random histories against a dictionary: objects, indexes, removed objects, snapshots, restarts.</summary>
public abstract class ModelConformance(IJournals journals) : StoreConformance(journals)
{
    private static readonly string?[] Units = [null, "a", "b"];

    private readonly SortedDictionary<long, (Container Wanted, ContainerSeen Seen)> _model = [];
    private readonly HashSet<long> _buried = [];
    private readonly List<(Snapshot Snapshot, Container[] Wanted)> _snapshots = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_history_agrees_with_a_dictionary(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 500; step++)
        {
            await StepAsync(random.Next(100), random.Next(1_000), random.Next(4));
            if (step % 10 == 0) await CompareAsync();
        }

        await CompareAsync();
        foreach (var (snapshot, wanted) in _snapshots) snapshot.All<Container>().Select(entry => entry.Wanted).ShouldBe(wanted);
        _model.Count.ShouldBeGreaterThan(20);
        _buried.Count.ShouldBeGreaterThan(20);
    }

    private Task StepAsync(int deed, int pick, int host) => deed switch
    {
        < 1 => RestartAsync(snapshotFirst: pick % 2 == 0),
        < 3 => Keep(),
        < 40 => CreateAsync(pick, host),
        < 60 => ChangeAsync(pick, host),
        < 75 => SeeAsync(pick, host),
        < 85 => BuryAsync(pick),
        _ => FailAsync(pick, host),
    };

    private async Task RestartAsync(bool snapshotFirst)
    {
        if (snapshotFirst) await Store.SaveSnapshotAsync();
        await ReopenAsync(new StoreOptions { SnapshotBytes = 5_000 });
    }

    private Task Keep()
    {
        _snapshots.Add((Store.Current, [.. _model.Values.Select(entry => entry.Wanted)]));
        return Task.CompletedTask;
    }

    private async Task CreateAsync(int pick, int host)
    {
        var made = await WriteAsync(tx => tx.Create(new Container { Name = $"c{pick}", HostId = host == 0 ? null : host, DeploymentUnitUuid = Units[pick % 3] }));
        _model.ShouldNotContainKey(made.Id);
        _buried.ShouldNotContain(made.Id);
        _model[made.Id] = (made, new ContainerSeen());
    }

    private async Task ChangeAsync(int pick, int host)
    {
        if (Picked(pick) is not { } id) return;
        var changed = _model[id].Wanted with { HostId = host, Name = $"n{pick}", DeploymentUnitUuid = Units[host % 3] };
        await WriteAsync(tx => tx.Put(changed));
        _model[id] = (changed, _model[id].Seen);
    }

    private async Task SeeAsync(int pick, int host)
    {
        if (Picked(pick) is not { } id) return;
        var seen = new ContainerSeen { State = host == 0 ? "running" : "stopped", StartCount = host };
        await WriteAsync(tx => tx.PutSeen("instance", id, seen));
        _model[id] = (_model[id].Wanted, seen);
    }

    private async Task BuryAsync(int pick)
    {
        if (Picked(pick) is not { } id) return;
        await WriteAsync(tx => tx.Bury("instance", id));
        _model.Remove(id);
        _buried.Add(id);
    }

    private Task<ConflictException> FailAsync(int pick, int host)
        => Should.ThrowAsync<ConflictException>(WriteAsync(tx =>
        {
            tx.Create(new Container { HostId = host });
            if (Picked(pick) is { } id) tx.Bury("instance", id);
            throw new ConflictException("thrown away");
        }));

    private long? Picked(int pick) => _model.Count == 0 ? null : _model.Keys.ElementAt(pick % _model.Count);

    private async Task CompareAsync()
    {
        Store.Current.All<Container>().Select(entry => ((Container)entry.Wanted, (ContainerSeen)entry.Seen)).ShouldBe(_model.Values);
        foreach (var host in new long[] { 0, 1, 2, 3 })
            Ids(Store.Current.By<Container>("hostId", host)).ShouldBe(_model.Values.Where(entry => entry.Wanted.HostId == host).Select(entry => entry.Wanted.Id));
        foreach (var unit in new[] { "a", "b", "c" })
            Ids(Store.Current.By<Container>("deploymentUnitUuid", unit)).ShouldBe(_model.Values.Where(entry => entry.Wanted.DeploymentUnitUuid == unit).Select(entry => entry.Wanted.Id));
        foreach (var id in _buried.Take(5)) (await Store.FindRemovedAsync("instance", id)).ShouldNotBeNull();
    }

    private static IEnumerable<long> Ids(IEnumerable<Entry> entries) => entries.Select(entry => entry.Id);
}

public sealed class MemoryModelTests() : ModelConformance(new MemoryJournals());

public sealed class SqliteModelTests() : ModelConformance(new SqliteJournals());
