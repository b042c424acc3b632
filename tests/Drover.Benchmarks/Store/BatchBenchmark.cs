using System.Diagnostics;
using Drover.Model.Containers;
using Drover.Store;

namespace Drover.Benchmarks.Store;

/// <summary>Changes per second when one transaction brings many, against bare SQLite with as many inserts per transaction.</summary>
internal static class BatchBenchmark
{
    private const int PerWrite = 1_000;
    private const int Rounds = 100;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var folder = new BenchFolder();
        await using var store = await folder.OpenAsync();
        var bare = Bare(folder);
        var spec = new ContainerSpec { ImageUuid = "docker:nginx", Memory = 64 << 20 };
        await RoundsAsync(store, 5, tx => Create(tx, spec));
        var created = await RoundsAsync(store, Rounds, tx => Create(tx, spec));
        var from = 1L;
        var changed = await RoundsAsync(store, Rounds, tx =>
        {
            for (var id = from; id < from + PerWrite; id++) tx.PutSeen("instance", id, new ContainerSeen { State = "running", Generation = 1, StartCount = from });
            from += PerWrite;
        });
        return
        [
            new("containers created/s, 1,000 per write", created, "1/s", "bare SQLite, 1,000 inserts per transaction", bare),
            new("statuses changed/s, 1,000 per write", changed, "1/s", "bare SQLite, 1,000 inserts per transaction", bare),
        ];
    }

    private static void Create(WriteTx tx, ContainerSpec spec)
    {
        for (var i = 0; i < PerWrite; i++)
            tx.Create(new Container { Name = "web-nginx-1", AccountId = 5, ServiceId = i / 100, HostId = i % 50, Spec = spec });
    }

    private static async Task<double> RoundsAsync(ResourceStore store, int rounds, Action<WriteTx> body)
    {
        var watch = Stopwatch.StartNew();
        var running = new List<Task>();
        for (var i = 0; i < rounds; i++) running.Add(store.WriteAsync(body));
        await Task.WhenAll(running);
        return rounds * PerWrite / watch.Elapsed.TotalSeconds;
    }

    private static double Bare(BenchFolder folder)
    {
        using var connection = folder.OpenBare();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO row(text) VALUES($text)";
        var text = insert.Parameters.Add("$text", Microsoft.Data.Sqlite.SqliteType.Text);
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = 0; i < PerWrite; i++)
            {
                text.Value = $"web-nginx-{i}";
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Rounds * PerWrite / watch.Elapsed.TotalSeconds;
    }
}
