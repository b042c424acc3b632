using System.Diagnostics;
using Drover.Model.Kernel;
using Drover.Model.Stacks;
using Drover.Store.Journal.Sqlite;
using Drover.Testing;

namespace Drover.Store.Tests.Journal;

/// <summary>A real file system that fills up while a store writes to it, and gets room again.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("drover-full-").FullName;
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted) Run("umount", _disk);
        Directory.Delete(_disk);
    }

    [Fact]
    public async Task A_full_disk_stops_the_writes_and_loses_none_that_was_acknowledged()
    {
        Assert.SkipUnless(Environment.UserName == "root", "mounting a small disk needs root");
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", _disk) == 0;
        Assert.SkipUnless(_mounted, "no file system can be mounted here");
        var acknowledged = new List<Stack>();
        await using (var store = await OpenAsync())
        {
            var failure = await Should.ThrowAsync<StoreFailedException>(FillAsync(store, acknowledged));
            failure.Message.ShouldContain("takes no more writes");
            store.Current.All<Stack>().Select(entry => entry.Wanted).ShouldBe(acknowledged);
        }

        Run("mount", "-o", "remount,size=32m", _disk).ShouldBe(0);
        await using var again = await OpenAsync();

        again.Current.All<Stack>().Select(entry => entry.Wanted).Take(acknowledged.Count).ShouldBe(acknowledged);
        again.Current.Count("stack").ShouldBeLessThanOrEqualTo(acknowledged.Count + 1);
        (await again.WriteAsync(tx => tx.Create(new Stack()), TestContext.Current.CancellationToken)).Id.ShouldBeGreaterThan(acknowledged[^1].Id);
    }

    private static async Task FillAsync(ResourceStore store, List<Stack> acknowledged)
    {
        while (true)
        {
            acknowledged.Add(await store.WriteAsync(
                tx => tx.Create(new Stack { Name = $"s{acknowledged.Count}", Description = new string('x', 20_000) }), TestContext.Current.CancellationToken));
        }
    }

    private Task<ResourceStore> OpenAsync()
        => ResourceStore.OpenAsync(Catalog.All, new SqliteJournal(Path.Combine(_disk, "data")), new ManualTime(), Guid.NewGuid, cancel: TestContext.Current.CancellationToken);

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
