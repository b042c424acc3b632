using System.Diagnostics;
using Drover.Model.Services;
using Drover.Store;

namespace Drover.Benchmarks.Store;

/// <summary>Single-field writes acknowledged per second, against bare SQLite with one insert per transaction.</summary>
internal static class AckBenchmark
{
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using var store = await folder.OpenAsync();
        var services = await store.WriteAsync(tx => Enumerable.Range(0, 256).Select(i => tx.Create(new Service { Name = $"service-{i}" }).Id).ToArray());
        var bare = Bare(folder);
        await WriteAsync(store, services, writers: 16, TimeSpan.FromSeconds(1));
        return
        [
            new("acks/s, 1 writer", await WriteAsync(store, services, 1, Each), "1/s", "bare SQLite, one insert per transaction", bare),
            new("acks/s, 16 writers", await WriteAsync(store, services, 16, Each), "1/s", "bare SQLite, one insert per transaction", bare, "group commit: several times the baseline"),
            new("acks/s, 256 writers", await WriteAsync(store, services, 256, Each), "1/s", "bare SQLite, one insert per transaction", bare),
        ];
    }

    private static async Task<double> WriteAsync(ResourceStore store, long[] services, int writers, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < time; count++)
                await store.WriteAsync(tx => tx.Put(tx.View.Get<Service>(services[writer])! with { Scale = count }));
            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static double Bare(BenchFolder folder)
    {
        using var connection = folder.OpenBare();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row(text) VALUES($text)";
        var text = insert.Parameters.Add("$text", Microsoft.Data.Sqlite.SqliteType.Text);
        insert.Prepare();
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < Each; count++)
        {
            text.Value = $"scale {count}";
            insert.ExecuteNonQuery();
        }

        return count / watch.Elapsed.TotalSeconds;
    }
}
