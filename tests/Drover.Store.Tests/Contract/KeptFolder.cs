using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Store.Journal.Sqlite;
using Drover.Testing;

namespace Drover.Store.Tests.Contract;

/// <summary>The data folders that older versions left behind, and how the one of this version was made.</summary>
internal static class KeptFolder
{
    public static string Home => Repository.Path("tests", "Drover.Store.Tests", "Folders");

    /// <summary>A copy of a kept folder that may be opened and written.</summary>
    public static string CopyOf(string version)
    {
        var copy = Directory.CreateTempSubdirectory("drover-kept-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Home, version))) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    public static Task<ResourceStore> OpenAsync(string folder, TimeProvider time)
        => ResourceStore.OpenAsync(
            Catalog.All, new SqliteJournal(folder), time, () => new Guid(7, 0, 0, new byte[8]), new StoreOptions { RemovedRetention = _ => Forever, HistoryRetention = _ => Forever });

    /// <summary>Makes a folder with a bit of everything: a snapshot, rows after it, removed objects, history, numbers taken by a failed write.</summary>
    public static async Task MakeAsync(string folder)
    {
        var time = new ManualTime();
        await using (var store = await OpenAsync(folder, time))
        {
            await store.WriteAsync(CreateAll);
            await store.WriteAsync(tx => tx.Bury("stack", 2));
            await store.SaveSnapshotAsync();
            time.Advance(TimeSpan.FromHours(1));
            await store.WriteAsync(ChangeSome);
            await store.WriteAsync(tx => tx.NextId("host"));
        }

        File.Delete(Path.Combine(folder, "lock"));
    }

    private static Retention Forever => new(TimeSpan.FromDays(100_000), int.MaxValue);

    private static void CreateAll(WriteTx tx)
    {
        var stack = tx.Create(new Stack { Name = "web", AccountId = 5, Description = "ünïcode ✓" }, new StackSeen { Generation = 1, State = "active", HealthState = "healthy" });
        tx.Create(new Stack { Name = "gone", AccountId = 5 });
        var spec = new ContainerSpec
        {
            ImageUuid = "docker:nginx",
            Command = ["nginx", "-g", "daemon off;"],
            Environment = EquatableMap.Of(("A", "b"), ("EMPTY", "")),
            Memory = 64L << 20,
            Privileged = true,
            RestartPolicy = new RestartPolicy { Name = "on-failure", MaximumRetryCount = 3 },
            NetworkMode = null,
        };
        var service = tx.Create(new Service
        {
            Name = "nginx",
            StackId = stack.Id,
            AccountId = 5,
            Scale = 3,
            LaunchConfig = new LaunchConfig { Spec = spec, Labels = EquatableMap.Of(("role", "web")), StartOnCreate = false },
            Links = EquatableMap.Of(("db", 9L)),
            Metadata = new RawJson("""{"tier":1}"""),
        });
        for (var i = 1; i <= 3; i++)
        {
            tx.Create(
                new Container { Name = $"web-nginx-{i}", ServiceId = service.Id, StackId = stack.Id, AccountId = 5, HostId = 1, CreateIndex = i, Spec = spec },
                new ContainerSeen { Generation = 1, State = "running", ExternalId = new string('e', 64), FirstRunning = tx.Now, StartCount = i });
        }

        tx.Create(new Host { AccountId = 5, Labels = EquatableMap.Of(("rack", "1")) }, new HostSeen { Hostname = "alpha", Info = new RawJson("""{"cpu":2}""") });
        tx.Create(new ApiKey { AccountId = 5, PublicValue = "public", SecretHash = "hash" });
        tx.Create(new ServiceLog { ServiceId = service.Id, AccountId = 5, EventType = "service.create" });
    }

    private static void ChangeSome(WriteTx tx)
    {
        tx.Put(tx.View.Get<Service>(1)! with { Scale = 2, Generation = 2, State = "updating-active" });
        tx.PutSeen("instance", 3, new ContainerSeen { State = "stopping", Why = new Why("waits for the host", tx.Now, tx.Now.AddMinutes(1)) });
        tx.Bury("instance", 2);
        tx.Create(new ServiceLog { ServiceId = 1, AccountId = 5, EventType = "service.update" });
    }
}
