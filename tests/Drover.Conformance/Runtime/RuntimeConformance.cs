using System.Collections.Immutable;
using Drover.Agent;
using Drover.Model.Containers;
using Drover.Protocol;

namespace Drover.Conformance.Runtime;

/// <summary>What the agent counts on, whichever runtime it works with.</summary>
/// <param name="bench">The host under test.</param>
public abstract class RuntimeConformance(IRuntimeBench bench)
{
    private static readonly ImmutableDictionary<string, string> Nobody = ImmutableDictionary<string, string>.Empty;
    private static readonly NetworkAssignment Managed = new("10.42.0.0/16", "10.42.0.1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IHostRuntime Runtime => bench.Runtime;

    [Fact]
    public async Task A_container_is_created_runs_stops_and_is_gone()
    {
        var wanted = Wanted(bench.Lasting);
        var id = await Runtime.CreateAsync(wanted, Nobody, Cancel);
        var created = await Runtime.InspectAsync(id, Cancel);
        await Runtime.StartAsync(id, Cancel);
        var running = await Runtime.InspectAsync(id, Cancel);
        await Runtime.StopAsync(id, 0, Cancel);
        var stopped = await Runtime.InspectAsync(id, Cancel);
        await Runtime.RemoveAsync(id, Cancel);

        created.ShouldNotBeNull();
        (created.Uuid, created.EngineId, created.State, created.StartedAt, created.ExitCode).ShouldBe((wanted.Uuid, id, SeenState.Created, null, null));
        running.ShouldNotBeNull();
        (running.Uuid, running.EngineId, running.State, running.ExitCode, running.Imported).ShouldBe((wanted.Uuid, id, SeenState.Running, null, null));
        running.StartedAt.ShouldNotBeNull();
        stopped.ShouldNotBeNull();
        stopped.State.ShouldBe(SeenState.Exited);
        stopped.StartedAt.ShouldBe(running.StartedAt);
        stopped.FinishedAt.ShouldNotBeNull();
        stopped.FinishedAt.Value.ShouldBeGreaterThanOrEqualTo(running.StartedAt.Value);
        stopped.ExitCode.ShouldNotBeNull();
        (await Runtime.InspectAsync(id, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Every_call_may_be_made_twice()
    {
        var id = await Runtime.CreateAsync(Wanted(bench.Lasting), Nobody, Cancel);
        await Runtime.StartAsync(id, Cancel);
        var first = (await Runtime.InspectAsync(id, Cancel))!.StartedAt;
        await Runtime.StartAsync(id, Cancel);
        (await Runtime.InspectAsync(id, Cancel))!.StartedAt.ShouldBe(first);

        await Runtime.StopAsync(id, 0, Cancel);
        await Runtime.StopAsync(id, 0, Cancel);
        await Runtime.RemoveAsync(id, Cancel);
        await Runtime.RemoveAsync(id, Cancel);
        await Runtime.EnsureNetworkAsync(Managed, Cancel);
        await Runtime.EnsureNetworkAsync(Managed, Cancel);
    }

    [Fact]
    public async Task A_running_container_can_be_removed()
    {
        var id = await Runtime.CreateAsync(Wanted(bench.Lasting), Nobody, Cancel);
        await Runtime.StartAsync(id, Cancel);

        await Runtime.RemoveAsync(id, Cancel);

        (await Runtime.InspectAsync(id, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        (await FailureAsync(() => Runtime.StartAsync("0123456789abcdef", Cancel))).ShouldBe(RuntimeFailure.NotFound);
        (await FailureAsync(() => Runtime.StopAsync("0123456789abcdef", 0, Cancel))).ShouldBe(RuntimeFailure.NotFound);
        (await FailureAsync(() => Runtime.CreateAsync(Wanted(bench.Lasting with { ImageUuid = "docker:drover/none:1" }), Nobody, Cancel))).ShouldBe(RuntimeFailure.NotFound);
        (await FailureAsync(() => Runtime.CreateAsync(Wanted(bench.Lasting) with { VolumesFrom = ["nobody"] }, Nobody, Cancel))).ShouldBe(RuntimeFailure.NotFound);
        (await FailureAsync(() => Runtime.CreateAsync(Wanted(bench.Lasting) with { NetworkFrom = "nobody" }, Nobody, Cancel))).ShouldBe(RuntimeFailure.NotFound);
        (await FailureAsync(() => Runtime.PullAsync(bench.UnknownImage, null, new Progress<string>(), Cancel))).ShouldBe(RuntimeFailure.NotFound);
        (await Runtime.HasImageAsync(bench.UnknownImage, Cancel)).ShouldBeFalse();
        (await Runtime.InspectAsync("0123456789abcdef", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_taken_name_is_a_conflict()
    {
        var wanted = Wanted(bench.Lasting);
        var id = await Runtime.CreateAsync(wanted, Nobody, Cancel);

        (await FailureAsync(() => Runtime.CreateAsync(Wanted(bench.Lasting) with { EngineName = wanted.EngineName }, Nobody, Cancel))).ShouldBe(RuntimeFailure.Conflict);

        await Runtime.RemoveAsync(id, Cancel);
    }

    [Fact]
    public async Task A_taken_port_is_a_conflict_of_the_start()
    {
        var spec = bench.Lasting with { NetworkMode = "bridge", Ports = ["18099:80"] };
        var first = await Runtime.CreateAsync(Wanted(spec), Nobody, Cancel);
        var second = await Runtime.CreateAsync(Wanted(spec), Nobody, Cancel);
        await Runtime.StartAsync(first, Cancel);

        (await FailureAsync(() => Runtime.StartAsync(second, Cancel))).ShouldBe(RuntimeFailure.Conflict);

        await Runtime.RemoveAsync(first, Cancel);
        await Runtime.StartAsync(second, Cancel);
        await Runtime.RemoveAsync(second, Cancel);
    }

    [Fact]
    public async Task A_network_is_shared_with_a_container_that_runs()
    {
        var other = Wanted(bench.Lasting);
        var otherId = await Runtime.CreateAsync(other, Nobody, Cancel);
        var ids = new Dictionary<string, string> { [other.Uuid] = otherId };
        var id = await Runtime.CreateAsync(Wanted(bench.Lasting) with { NetworkFrom = other.Uuid }, ids, Cancel);

        (await FailureAsync(() => Runtime.StartAsync(id, Cancel))).ShouldBe(RuntimeFailure.Conflict);
        await Runtime.StartAsync(otherId, Cancel);
        await Runtime.StartAsync(id, Cancel);

        (await Runtime.InspectAsync(id, Cancel))!.State.ShouldBe(SeenState.Running);
        await Runtime.RemoveAsync(id, Cancel);
        await Runtime.RemoveAsync(otherId, Cancel);
    }

    [Fact]
    public async Task What_ends_by_itself_is_told_as_an_event_and_seen_with_its_exit_code()
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var id = await Runtime.CreateAsync(Wanted(bench.Ending), Nobody, Cancel);
        var told = ActionsAsync(id, "die", ending.Token);
        await Runtime.StartAsync(id, Cancel);

        (await told.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).TakeLast(2).ShouldBe(["start", "die"]);
        var ended = (await Runtime.InspectAsync(id, Cancel))!;

        (ended.State, ended.ExitCode).ShouldBe((SeenState.Exited, 3));
        await Runtime.RemoveAsync(id, Cancel);
    }

    [Fact]
    public async Task A_container_keeps_its_address()
    {
        await Runtime.EnsureNetworkAsync(Managed, Cancel);
        var id = await Runtime.CreateAsync(Wanted(bench.Lasting with { NetworkMode = "managed" }) with { Address = "10.42.3.4" }, Nobody, Cancel);
        await Runtime.StartAsync(id, Cancel);
        (await Runtime.InspectAsync(id, Cancel))!.Address.ShouldBe("10.42.3.4");
        await Runtime.StopAsync(id, 0, Cancel);
        await Runtime.StartAsync(id, Cancel);

        (await Runtime.InspectAsync(id, Cancel))!.Address.ShouldBe("10.42.3.4");
        await Runtime.RemoveAsync(id, Cancel);
    }

    [Fact]
    public async Task A_volume_is_made_once_and_removed_once()
    {
        var volume = new VolumeAssignment("v-1", "stack_data", "local", default);
        await Runtime.EnsureVolumeAsync(volume, Cancel);
        await Runtime.EnsureVolumeAsync(volume, Cancel);
        var listed = (await Runtime.ListVolumesAsync(Cancel)).Where(seen => seen.Name == volume.Name).ToList();

        await Runtime.RemoveVolumeAsync(volume.Name, Cancel);
        await Runtime.RemoveVolumeAsync(volume.Name, Cancel);

        listed.ShouldHaveSingleItem().Driver.ShouldBe("local");
        (await Runtime.ListVolumesAsync(Cancel)).ShouldNotContain(seen => seen.Name == volume.Name);
    }

    [Fact]
    public async Task An_engine_that_goes_down_ends_the_events_and_keeps_its_containers()
    {
        var wanted = Wanted(bench.Lasting);
        var id = await Runtime.CreateAsync(wanted, Nobody, Cancel);
        var events = ActionsAsync("nothing", "never", Cancel);
        await Runtime.StartAsync(id, Cancel);

        await bench.GoDownAsync();
        (await FailureAsync(() => events)).ShouldBe(RuntimeFailure.Unreachable);
        (await FailureAsync(() => Runtime.ListAsync(Cancel))).ShouldBe(RuntimeFailure.Unreachable);
        (await FailureAsync(() => Runtime.CreateAsync(Wanted(bench.Lasting), Nobody, Cancel))).ShouldBe(RuntimeFailure.Unreachable);
        await bench.ComeUpAsync();

        var back = (await Runtime.ListAsync(Cancel)).Single(seen => seen.Uuid == wanted.Uuid);
        (back.EngineId, back.State).ShouldBe((id, SeenState.Exited));
        await Runtime.RemoveAsync(id, Cancel);
    }

    private static ContainerAssignment Wanted(ContainerSpec spec)
    {
        var uuid = Guid.NewGuid().ToString();
        return new ContainerAssignment { Uuid = uuid, EngineName = $"r-{uuid[..8]}", Spec = spec };
    }

    private static async Task<RuntimeFailure> FailureAsync(Func<Task> act) => (await Should.ThrowAsync<RuntimeException>(act)).Failure;

    private async Task<List<string>> ActionsAsync(string engineId, string last, CancellationToken cancel)
    {
        var actions = new List<string>();
        await foreach (var happened in Runtime.EventsAsync(cancel))
        {
            if (happened.EngineId != engineId) continue;
            actions.Add(happened.Action);
            if (happened.Action == last) break;
        }
        return actions;
    }
}
