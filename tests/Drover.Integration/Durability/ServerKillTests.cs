namespace Drover.Integration.Durability;

/// <summary>The real server is killed with SIGKILL at random instants, a hundred times, while many write and one listens.</summary>
public sealed class ServerKillTests
{
    private const int Kills = 25;
    private const int Writers = 3;

    /// <summary>Four servers at once, so that no core is idle while one of them starts or syncs; what each must find again stays short.</summary>
    [Fact]
    public async Task A_killed_server_has_all_that_it_acknowledged_or_showed_and_gives_no_id_twice()
        => await Task.WhenAll(Enumerable.Range(11, 4).Select(KillAgainAndAgainAsync));

    private static async Task KillAgainAndAgainAsync(int seed)
    {
        var cancel = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("drover-kill-").FullName;
        var (random, recorder) = (new Random(seed), new Recorder());
        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var server = await RealServer.StartAsync(folder, cancel);
            var there = await ServerRun.ListAsync(server, cancel);
            recorder.MissingFrom(there).ShouldBeEmpty($"after kill {kill} (seed {seed})");
            if (kill < Kills) await new ServerRun(server, recorder, killAfter: random.Next(1, 40), cancel).UntilKilledAsync(Writers);
        }

        recorder.Faults.ShouldBeEmpty($"seed {seed}");
        recorder.Acknowledged.ShouldBeGreaterThan(Kills * 2);
        recorder.Shown.ShouldBeGreaterThan(Kills * 2);
        Directory.Delete(folder, recursive: true);
    }
}
