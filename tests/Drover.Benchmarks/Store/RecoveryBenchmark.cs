using System.Diagnostics;
using System.Text.Json;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Benchmarks.Store;

/// <summary>Opening a store of 100,000 and of 1,000,000 containers, from a snapshot and from the journal's rows, against reading 100,000 back as rows of JSON, counted up to as many.</summary>
internal static class RecoveryBenchmark
{
    private const int RowsOfJson = 100_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync() => [.. await OpenAsync(100_000), .. await OpenAsync(1_000_000)];

    private static async Task<IReadOnlyList<Figure>> OpenAsync(int containers)
    {
        using var folder = new BenchFolder();
        await using (var store = await folder.OpenAsync()) await FillAsync(store, containers);
        var json = Json(folder) * containers / RowsOfJson;
        var (rows, _) = await OpenAsync(folder, snapshotThen: true);
        var (cold, _) = await OpenAsync(folder, snapshotThen: false);
        var (warm, bytes) = await OpenAsync(folder, snapshotThen: false);
        return
        [
            new($"opening {containers:N0} containers from the journal", rows, "s", "rows of JSON from SQLite", json),
            new($"opening {containers:N0} containers from a snapshot, first", cold, "s", "rows of JSON from SQLite", json),
            new($"opening {containers:N0} containers from a snapshot, again", warm, "s", "rows of JSON from SQLite", json, "1,000,000 in under 5 s"),
            new($"memory per container of {containers:N0}", bytes / (double)containers, "B", "the design's budget", 800),
        ];
    }

    private static async Task FillAsync(ResourceStore store, int containers)
    {
        for (var service = 0; service < containers / 1_000; service++)
        {
            var n = service;
            var spec = new ContainerSpec { ImageUuid = $"docker:registry/app:{n}", Memory = 64 << 20, Environment = EquatableMap.Of(("SERVICE", $"{n}")) };
            await store.WriteAsync(tx =>
            {
                for (var i = 0; i < 1_000; i++)
                    tx.Create(
                        new Container { Name = $"stack-service-{n}-{i}", AccountId = 5, StackId = n / 10, ServiceId = n, HostId = i % 100, CreateIndex = i, DeploymentUnitUuid = $"{n}-{i}", Spec = spec },
                        new ContainerSeen { Generation = 1, State = "running", ExternalId = $"{n:x32}{i:x32}", FirstRunning = tx.Now, StartCount = 1 });
            });
        }
    }

    /// <summary>Seconds to open, and what the heap is smaller by once the store is gone.</summary>
    private static async Task<(double Seconds, long Bytes)> OpenAsync(BenchFolder folder, bool snapshotThen)
    {
        var (seconds, full) = await MeasureAsync(folder, snapshotThen);

        // The frames that held the store are still on the stack until here.
        await Task.Yield();
        return (seconds, full - GC.GetTotalMemory(forceFullCollection: true));
    }

    private static async Task<(double Seconds, long Full)> MeasureAsync(BenchFolder folder, bool snapshotThen)
    {
        var watch = Stopwatch.StartNew();
        await using var store = await folder.OpenAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        if (snapshotThen) await store.SaveSnapshotAsync();
        return (seconds, GC.GetTotalMemory(forceFullCollection: true));
    }

    private static double Json(BenchFolder folder)
    {
        using var connection = folder.OpenBare();
        using var command = connection.CreateCommand();
        var sample = new Dictionary<string, object?> { ["name"] = "stack-service-1-1", ["accountId"] = 5, ["stackId"] = 1, ["serviceId"] = 1, ["hostId"] = 7, ["createIndex"] = 1, ["deploymentUnitUuid"] = "1-1", ["imageUuid"] = "docker:registry/app:1", ["memory"] = 64 << 20, ["state"] = "running", ["externalId"] = new string('e', 64), ["startCount"] = 1, ["uuid"] = Guid.NewGuid().ToString(), ["created"] = DateTimeOffset.UnixEpoch };
        using (var transaction = connection.BeginTransaction())
        {
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO row(text) VALUES($text)";
            command.Parameters.AddWithValue("$text", JsonSerializer.Serialize(sample));
            for (var i = 0; i < RowsOfJson; i++) command.ExecuteNonQuery();
            transaction.Commit();
        }

        var watch = Stopwatch.StartNew();
        command.Transaction = null;
        command.CommandText = "SELECT id, text FROM row";
        using var reader = command.ExecuteReader();
        var all = new Dictionary<long, Dictionary<string, JsonElement>>();
        while (reader.Read()) all[reader.GetInt64(0)] = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(reader.GetString(1))!;
        return watch.Elapsed.TotalSeconds;
    }
}
