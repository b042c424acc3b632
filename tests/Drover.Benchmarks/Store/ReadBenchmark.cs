using System.Diagnostics;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Benchmarks.Store;

/// <summary>Reads of a snapshot of 100,000 containers, against a dictionary that no one may write.</summary>
internal static class ReadBenchmark
{
    private const int Containers = 100_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using var store = new ResourceStore(Catalog.All, TimeProvider.System, Guid.NewGuid);
        for (var i = 0; i < Containers / 1_000; i++)
            await store.WriteAsync(tx => { for (var n = 0; n < 1_000; n++) tx.Create(new Container { Name = "c", ServiceId = n / 10, HostId = n % 100 }); });
        var snapshot = store.Current;
        var map = snapshot.All<Container>().ToDictionary(entry => entry.Id);
        var ids = new Random(1).GetItems([.. map.Keys], 1_000_000);
        var list = map.Values.ToLookup(entry => ((Container)entry.Wanted).HostId);
        for (var warm = 0; warm < 3; warm++)
        {
            Points(id => snapshot.Find("instance", id), ids);
            Points(id => map[id], ids);
            Rows(host => snapshot.By<Container>("hostId", host));
            Rows(host => list[host]);
        }

        return
        [
            new("point reads", Points(id => snapshot.Find("instance", id), ids), "1/s", "Dictionary", Points(id => map[id], ids)),
            new("rows by index", Rows(host => snapshot.By<Container>("hostId", host)), "1/s", "Lookup", Rows(host => list[host])),
        ];
    }

    private static double Points(Func<long, Entry?> find, long[] ids)
    {
        var watch = Stopwatch.StartNew();
        var found = 0;
        foreach (var id in ids)
            if (find(id) is not null)
                found++;
        return found / watch.Elapsed.TotalSeconds;
    }

    private static double Rows(Func<long, IEnumerable<Entry>> read)
    {
        var watch = Stopwatch.StartNew();
        var found = 0;
        for (var round = 0; round < 10; round++)
            for (var host = 0L; host < 100; host++)
                foreach (var entry in read(host))
                    if (entry.Id > 0)
                        found++;
        return found / watch.Elapsed.TotalSeconds;
    }
}
