namespace Drover.Integration.Durability;

/// <summary>SIGKILL loses nothing that reached the kernel, so this watches the system calls: the running journal is synced before each reply.</summary>
public sealed class SyncTests
{
    private const int Writes = 20;

    [Fact]
    public async Task The_running_journal_is_synced_before_each_reply()
    {
        var folder = Directory.CreateTempSubdirectory("drover-sync-").FullName;
        var trace = await TraceAsync(Path.Combine(folder, "data"), Path.Combine(folder, "trace"));

        for (var i = 0; i < Writes; i++) trace.SyncedBeforeReply(Mark(i)).ShouldBeTrue($"write {i} was answered before it was synced");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_same_look_finds_a_server_that_syncs_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("drover-sync-").FullName;
        var trace = await TraceAsync(data: null, Path.Combine(folder, "trace"));

        for (var i = 0; i < Writes; i++)
        {
            trace.Replied(Mark(i)).ShouldBeTrue();
            trace.SyncedBeforeReply(Mark(i)).ShouldBeFalse();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<SyncTrace> TraceAsync(string? data, string log)
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        await using (var server = await RealServer.StartAsync(
            data, cancel, "/usr/bin/strace", "-f", "-qq", "-y", "-s", "65536", "-e", "trace=pwrite64,fdatasync,fsync,sendto,sendmsg,write,writev", "-e", "signal=none", "-o", log))
        {
            for (var i = 0; i < Writes; i++) (await server.CreateStackAsync(Mark(i), cancel)).ShouldContain(Mark(i));
            await server.KillAsync();
        }

        return new SyncTrace(await File.ReadAllLinesAsync(log, cancel));
    }

    private static string Mark(int i) => $"sync-probe-{i:00}";
}
