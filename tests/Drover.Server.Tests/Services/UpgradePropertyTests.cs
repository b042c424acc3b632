using Drover.Model.Containers;
using Drover.Model.Services;
using Drover.Protocol;
using Drover.Server.Containers;
using Drover.Server.Services;
using Drover.Store;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Services;

/// <summary>Random histories of upgrades: users, hosts and accidents in any order.</summary>
public sealed class UpgradePropertyTests
{
    [Fact]
    public void No_batch_is_larger_than_asked_for_nor_touched_before_all_before_it_run()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(80).ToArbitrary(), history => Watched(history, startFirst: false)).QuickCheckThrowOnFailure();

    [Fact]
    public void With_start_first_nothing_is_stopped_before_what_replaces_it_runs()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(80).ToArbitrary(), history => Watched(history, startFirst: true)).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_phase_can_be_paused_and_rolled_back_and_every_history_ends_where_it_says()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(60).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), EndsWell).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_accidents_at_most_one_batch_is_down_and_with_start_first_none()
        => Prop.ForAll(Gen.Choose(1, 6).ToArbitrary(), Gen.Choose(1, 3).ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (scale, batch, startFirst) =>
        {
            var sandbox = NewSandbox(scale);
            sandbox.Settle().ShouldBeTrue();
            var fewest = scale;
            using var watch = sandbox.Store.Watch(_ => fewest = Math.Min(fewest, Running(sandbox))).Subscription;
            sandbox.Upgrade("two", batch, startFirst);

            sandbox.Settle().ShouldBeTrue();

            sandbox.Service!.State.ShouldBe("upgraded");
            fewest.ShouldBeGreaterThanOrEqualTo(startFirst ? scale : scale - batch);
            sandbox.Ask(ServiceMoves.Rollback);
            sandbox.Settle().ShouldBeTrue();
            fewest.ShouldBeGreaterThanOrEqualTo(startFirst ? scale : scale - batch, "on the way back as well");
            Images(sandbox).ShouldAllBe(image => image == "docker:one");
        }).QuickCheckThrowOnFailure();

    private static bool Watched(List<int> history, bool startFirst)
    {
        var sandbox = NewSandbox(3);
        sandbox.Settle().ShouldBeTrue();
        var wrong = new List<string>();
        var before = sandbox.View;
        using var watch = sandbox.Store.Watch(commit =>
        {
            if (Misstep(before, commit, startFirst) is { } misstep) wrong.Add($"{misstep}: {string.Join("; ", before.Units.Select(u => $"{u.Index} members {string.Join(",", u.Members.Values.Select(m => $"{m.Id} {m.State} v {((Container)m.Wanted).Version}"))} others {string.Join(",", u.Others.Select(m => $"{m.Id} {m.State} v {((Container)m.Wanted).Version}"))}"))} | {before.Service.LaunchConfig!.Version} {before.Service.Scale}");
            before = sandbox.View;
        }).Subscription;
        foreach (var draw in history)
        {
            Step(sandbox, draw, startFirst);
            sandbox.Reconcile();
        }

        wrong.ShouldBeEmpty();
        return true;
    }

    /// <summary>What a commit of the way forward did too early; null where it did nothing wrong.</summary>
    private static string? Misstep(ServiceView before, Commit commit, bool startFirst)
    {
        if (UpgradePhases.Of(before.Service) != UpgradePhase.Forward) return null;
        var stopped = commit.Changes
            .Where(c => c is { Before.Wanted: Container { SetAside: false, Running: true }, After.Wanted: Container { SetAside: true } })
            .Select(c => ((Container)c.Entry.Wanted).DeploymentUnitUuid!)
            .ToHashSet();
        if (stopped.Count == 0) return null;
        bool Replaced(Unit unit) => unit.Members.Values.Any(m => Launch.IsCurrent(before.Service, (Container)m.Wanted)) || unit.Others.Any(Unit.IsSetAside);
        bool Runs(Unit unit) => unit.Members.Values.All(m => Launch.IsCurrent(before.Service, (Container)m.Wanted) && m.State == "running") && unit.Members.Count > 0;
        if (startFirst) return before.Units.Where(u => stopped.Contains(u.Uuid)).All(Runs) ? null : "stopped before its replacement ran";
        var size = before.Service.Upgrade!.InServiceStrategy!.BatchSize;
        if (stopped.Count > size) return $"{stopped.Count} at once in batches of {size}";
        var kept = before.Units.Where(u => u.Kept.Any()).OrderBy(u => u.CreateIndex).Take((int)before.Service.Scale);
        return kept.Where(u => !stopped.Contains(u.Uuid)).All(u => !Replaced(u) || Runs(u)) ? null : "a batch before the one before it ran";
    }

    private static void EndsWell(List<int> history, bool startFirst)
    {
        var sandbox = NewSandbox(2);
        foreach (var draw in history) Step(sandbox, draw, startFirst);
        sandbox.Settle().ShouldBeTrue(Describe(sandbox));
        var (state, service) = (sandbox.Service!.State, sandbox.View.Service);
        new[] { "active", "upgraded", "canceled-upgrade" }.ShouldContain(state, Describe(sandbox));
        var wanted = (state == "active" ? service : state == "upgraded" ? service : UpgradedConfigs.Restored(service)).LaunchConfig!.Spec.ImageUuid;
        sandbox.Ask(state == "upgraded" ? ServiceMoves.FinishUpgrade : ServiceMoves.Rollback);

        sandbox.Settle().ShouldBeTrue(Describe(sandbox));

        sandbox.Service!.State.ShouldBe("active", Describe(sandbox));
        sandbox.Containers.Count.ShouldBe((int)sandbox.View.Service.Scale, Describe(sandbox));
        sandbox.Containers.ShouldAllBe(c => c.State == "running" && !Unit.IsSetAside(c), Describe(sandbox));
        Images(sandbox).ShouldAllBe(image => image == wanted, Describe(sandbox));
    }

    private static IEnumerable<string?> Images(ServiceSandbox sandbox) => sandbox.Containers.Select(c => ((Container)c.Wanted).Spec.ImageUuid);

    private static int Running(ServiceSandbox sandbox) => sandbox.View.Units.Count(u => u.Kept.Any(c => c.State == "running"));

    private static string Describe(ServiceSandbox sandbox)
        => $"{sandbox.Service?.State} {sandbox.Service?.Wanted.State} {sandbox.Service?.Seen.Why?.Reason}: {string.Join("; ", sandbox.Containers.Select(c => $"{c.Wanted.Name} {((Container)c.Wanted).Spec.ImageUuid} {c.State} aside {Unit.IsSetAside(c)} running {((Container)c.Wanted).Running} removing {c.Wanted.RemoveRequested} {c.Seen.Why?.Reason}"))}";

    private static ServiceSandbox NewSandbox(long scale) => new(new Service
    {
        Name = "web",
        Scale = scale,
        Running = true,
        LaunchConfig = new LaunchConfig { Spec = new ContainerSpec { ImageUuid = "docker:one" } },
    });

    private static void Step(ServiceSandbox sandbox, int draw, bool startFirst)
    {
        var containers = sandbox.Containers;
        var one = containers.Count == 0 ? null : containers[draw / 16 % containers.Count];
        switch (draw % 16)
        {
            case 0:
                sandbox.Upgrade($"image{draw}", 1 + (draw / 16 % 3), startFirst);
                break;
            case 1 when draw % 3 == 0:
                sandbox.Ask(ServiceMoves.CancelUpgrade);
                break;
            case 1:
                sandbox.Ask(ServiceMoves.ContinueUpgrade);
                break;
            case 2 when draw % 3 == 0:
                sandbox.Ask(ServiceMoves.Rollback);
                break;
            case 2:
                sandbox.Ask(ServiceMoves.FinishUpgrade);
                break;
            case 3:
                sandbox.Ask((tx, entry) => ServiceMoves.Scale(tx, entry.Id, 1 + (draw / 16 % 4)));
                break;
            case 4 when one is not null:
                sandbox.Report(one, new ContainerStatus { Uuid = one.Wanted.Uuid!, Generation = one.Wanted.Generation, State = SeenState.Nothing, Error = "no such image" });
                break;
            case 5 when one is not null:
                sandbox.Report(one, new ContainerStatus { Uuid = one.Wanted.Uuid!, Generation = one.Wanted.Generation, State = SeenState.Exited, EngineId = "e", ExitCode = 1, StartCount = 1 });
                break;
            case 6 when one is not null:
                sandbox.Ask((tx, _) => ContainerMoves.Remove(tx, one.Id));
                break;
            case 7 or 8:
                sandbox.Time.Advance(TimeSpan.FromSeconds(draw % 15));
                break;
            case < 14 and > 8 when one is not null:
                sandbox.Answer(one);
                break;
            default:
                sandbox.Reconcile();
                break;
        }
    }
}
