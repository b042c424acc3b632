using Drover.Model.Containers;
using Drover.Model.Services;
using Drover.Protocol;
using Drover.Server.Containers;
using Drover.Server.Services;
using FsCheck;
using FsCheck.Fluent;

namespace Drover.Server.Tests.Services;

/// <summary>Random histories of one service: users, hosts and accidents in any order.</summary>
public sealed class ServicePlannerPropertyTests
{
    [Fact]
    public void Every_history_ends_at_a_fixed_point_with_whole_units_and_names_of_their_own()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(60).ToArbitrary(), EndsWell).QuickCheckThrowOnFailure();

    [Fact]
    public void A_unit_is_made_whole_in_one_commit_and_whole_again_by_every_run()
        => Prop.ForAll(Gen.Choose(0, 9999).ListOf(60).ToArbitrary(), history =>
        {
            var sandbox = NewSandbox();
            var whole = true;
            using var watch = sandbox.Store.Watch(commit => whole &= commit.Changes
                .Where(c => c.Before is null && c.After?.Wanted is Container { Name: not null })
                .GroupBy(c => ((Container)c.After!.Wanted).CreateIndex)
                .All(unit => unit.Count() == 3 || sandbox.View.Units.Any(u => u.CreateIndex == unit.Key && u.Members.Count == 3))).Subscription;
            return history.All(draw =>
            {
                Step(sandbox, draw);
                if (draw % 10 != 7) return whole;
                sandbox.Reconcile();
                return whole && (!sandbox.View.Service.Running || sandbox.View.Units.All(u => u.Members.Count is 0 or 3));
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_settled_service_is_left_alone()
    {
        var sandbox = NewSandbox();
        sandbox.Settle().ShouldBeTrue();
        var revision = sandbox.Store.Current.Revision;

        for (var i = 0; i < 10; i++)
        {
            sandbox.Time.Advance(TimeSpan.FromMinutes(1));
            sandbox.Reconcile();
        }

        sandbox.Store.Current.Revision.ShouldBe(revision);
        ServicePlanner.Plan(sandbox.View, sandbox.Time.GetUtcNow()).Changes.ShouldBeEmpty();
    }

    private static void EndsWell(List<int> history)
    {
        var sandbox = NewSandbox();
        foreach (var draw in history) Step(sandbox, draw);
        sandbox.Settle().ShouldBeTrue(Describe(sandbox));
        var entry = sandbox.Service.ShouldNotBeNull();
        var service = (Service)entry.Wanted;
        sandbox.Containers.Select(c => c.Wanted.Name).ShouldBeUnique();
        sandbox.View.Units.Select(u => u.CreateIndex).ShouldBeUnique();
        sandbox.View.Units.ShouldAllBe(u => u.Members.Count == 3 || !service.Running, Describe(sandbox));
        entry.State.ShouldBe(service.Running ? "active" : "inactive", Describe(sandbox));
        sandbox.Containers.ShouldAllBe(c => c.State == (service.Running ? "running" : "stopped"), Describe(sandbox));
        if (!service.Running) return;
        sandbox.View.Units.Length.ShouldBe((int)service.Scale);
        ((ServiceSeen)entry.Seen).CurrentScale.ShouldBe(service.Scale);
    }

    private static string Describe(ServiceSandbox sandbox)
        => $"{sandbox.Service?.State} scale {((Service?)sandbox.Service?.Wanted)?.Scale} {sandbox.Service?.Seen.Why?.Reason}: {string.Join("; ", sandbox.Containers.Select(c => $"{c.Wanted.Name} {c.State} gen {c.Seen.Generation}/{c.Wanted.Generation} running {((Container)c.Wanted).Running} removing {c.Wanted.RemoveRequested} {c.Seen.Why?.Reason}"))}";

    private static ServiceSandbox NewSandbox()
    {
        var image = new ContainerSpec { ImageUuid = "docker:busybox" };
        return new ServiceSandbox(new Service
        {
            Name = "web",
            Scale = 2,
            Running = true,
            LaunchConfig = new LaunchConfig { Spec = image },
            SecondaryLaunchConfigs =
            [
                new SecondaryLaunchConfig { Name = "data", Spec = image },
                new SecondaryLaunchConfig { Name = "logs", Spec = image, DataVolumesFromLaunchConfigs = ["data"], NetworkLaunchConfig = "web" },
            ],
        });
    }

    private static void Step(ServiceSandbox sandbox, int draw)
    {
        var containers = sandbox.Containers;
        var one = containers.Count == 0 ? null : containers[draw / 10 % containers.Count];
        switch (draw % 10)
        {
            case 0:
                sandbox.Scale(draw / 10 % 5);
                break;
            case 1 when draw % 3 == 0:
                sandbox.Ask(ServiceMoves.Deactivate);
                break;
            case 1:
                sandbox.Ask(ServiceMoves.Activate);
                break;
            case 2 when one is not null:
                sandbox.Report(one, new ContainerStatus { Uuid = one.Wanted.Uuid!, Generation = one.Wanted.Generation, State = SeenState.Exited, EngineId = "e", ExitCode = 1, StartCount = 1 });
                break;
            case 3 when one is not null:
                sandbox.Report(one, new ContainerStatus { Uuid = one.Wanted.Uuid!, Generation = one.Wanted.Generation, State = SeenState.Removed });
                break;
            case 4 when one is not null:
                sandbox.Report(one, new ContainerStatus { Uuid = one.Wanted.Uuid!, Generation = one.Wanted.Generation, State = SeenState.Nothing, Error = "no such image" });
                break;
            case 5 when one is not null:
                sandbox.Ask((tx, _) => ContainerMoves.Remove(tx, one.Id));
                break;
            case 6:
                sandbox.Time.Advance(TimeSpan.FromSeconds(draw % 30));
                break;
            case 8 or 9 when one is not null:
                sandbox.Answer(one);
                break;
            default:
                sandbox.Reconcile();
                break;
        }
    }
}
