using Drover.Agent.Docker.Engine;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Engine.Containers;

/// <summary>Containers on a real engine.</summary>
public sealed class ContainerOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ContainerOperations Containers => fixture.Engine.Containers;

    [Fact]
    public async Task A_container_goes_through_its_life()
    {
        var name = EngineFixture.UniqueName("life");
        var made = await Containers.CreateAsync(Sleeper(), name, Cancellation);
        (await Containers.InspectAsync(name, cancellation: Cancellation)).State!.Status.ShouldBe("created");

        (await Containers.StartAsync(made.Id, Cancellation)).ShouldBeTrue();
        (await Containers.StartAsync(made.Id, Cancellation)).ShouldBeFalse();
        var running = await Containers.InspectAsync(made.Id, size: true, Cancellation);
        (await Containers.StopAsync(made.Id, TimeSpan.Zero, Cancellation)).ShouldBeTrue();
        (await Containers.StopAsync(made.Id, TimeSpan.Zero, Cancellation)).ShouldBeFalse();
        var stopped = await Containers.InspectAsync(made.Id, cancellation: Cancellation);
        await Containers.RemoveAsync(made.Id, cancellation: Cancellation);

        running.State!.Running.ShouldBeTrue();
        running.State.Pid.ShouldBeGreaterThan(0);
        running.State.StartedAt.ShouldNotBeNull();
        running.State.FinishedAt.ShouldBeNull();
        running.SizeRootFs!.Value.ShouldBeGreaterThan(1_000_000);
        stopped.State!.Status.ShouldBe("exited");
        stopped.State.ExitCode.ShouldBe(137);
        (await FaultAsync(() => Containers.InspectAsync(name, cancellation: Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    [Fact]
    public async Task A_list_is_narrowed_by_labels_and_states()
    {
        var mark = EngineFixture.UniqueName("mark");
        var labels = new Dictionary<string, string> { ["mark"] = mark };
        var created = await Containers.CreateAsync(Sleeper() with { Labels = labels }, cancellation: Cancellation);
        var running = await Containers.CreateAsync(Sleeper() with { Labels = labels }, cancellation: Cancellation);
        await Containers.StartAsync(running.Id, Cancellation);
        var mine = EngineFilters.None.WithLabel("mark", mark);

        (await Containers.ListAsync(mine, cancellation: Cancellation)).ShouldHaveSingleItem().Id.ShouldBe(running.Id);
        (await Containers.ListAsync(mine, all: true, cancellation: Cancellation)).Count.ShouldBe(2);
        var waiting = (await Containers.ListAsync(mine.With("status", "created"), all: true, cancellation: Cancellation)).ShouldHaveSingleItem();

        waiting.Id.ShouldBe(created.Id);
        waiting.State.ShouldBe("created");
        waiting.Labels!["mark"].ShouldBe(mark);
        waiting.Image.ShouldBe(TestImages.Busybox);
        await Task.WhenAll(
            Containers.RemoveAsync(created.Id, cancellation: Cancellation), Containers.RemoveAsync(running.Id, force: true, cancellation: Cancellation));
    }

    [Fact]
    public async Task Wait_tells_the_exit_code()
    {
        var name = await fixture.RunAsync("sh", "-c", "exit 7");

        var ended = await Containers.WaitAsync(name, cancellation: Cancellation);

        ended.StatusCode.ShouldBe(7);
        ended.Error.ShouldBeNull();
        await Containers.RemoveAsync(name, cancellation: Cancellation);
    }

    [Fact]
    public async Task Kill_sends_the_signal_and_restart_gives_a_new_process()
    {
        var name = await fixture.RunAsync("sh", "-c", "trap 'exit 3' USR1; while :; do sleep 0.05; done");
        var first = (await Containers.InspectAsync(name, cancellation: Cancellation)).State!.Pid;
        await Containers.RestartAsync(name, TimeSpan.Zero, Cancellation);
        var second = (await Containers.InspectAsync(name, cancellation: Cancellation)).State!.Pid;
        var ending = Containers.WaitAsync(name, cancellation: Cancellation);
        await fixture.Host.ExecAsync("sh", "-c", "until docker exec $0 true; do :; done", name);

        await Containers.KillAsync(name, "SIGUSR1", Cancellation);

        second.ShouldNotBe(first);
        (await ending).StatusCode.ShouldBeOneOf(3, 138); // 138 where the signal came before the trap was set
        (await FaultAsync(() => Containers.KillAsync(name, cancellation: Cancellation))).ShouldBe(EngineFault.Conflict);
        await Containers.RemoveAsync(name, cancellation: Cancellation);
    }

    [Fact]
    public async Task A_container_is_renamed_and_a_taken_name_is_a_conflict()
    {
        var (first, second) = (EngineFixture.UniqueName("a"), EngineFixture.UniqueName("b"));
        var made = await Containers.CreateAsync(Sleeper(), first, Cancellation);
        await Containers.RenameAsync(made.Id, second, Cancellation);

        (await Containers.InspectAsync(second, cancellation: Cancellation)).Id.ShouldBe(made.Id);
        var failure = await Should.ThrowAsync<EngineException>(() => Containers.CreateAsync(Sleeper(), second, Cancellation));

        failure.Fault.ShouldBe(EngineFault.Conflict);
        failure.Message.ShouldContain(second);
        await Containers.RemoveAsync(made.Id, cancellation: Cancellation);
    }

    [Fact]
    public async Task A_running_container_is_removed_by_force_alone_and_takes_its_nameless_volumes_along()
    {
        var made = await Containers.CreateAsync(
            Sleeper() with { Volumes = new Dictionary<string, EmptyObject> { ["/data"] = EmptyObject.Value } }, cancellation: Cancellation);
        await Containers.StartAsync(made.Id, Cancellation);
        var volume = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).Mounts!.ShouldHaveSingleItem().Name!;

        (await FaultAsync(() => Containers.RemoveAsync(made.Id, cancellation: Cancellation))).ShouldBe(EngineFault.Conflict);
        await Containers.RemoveAsync(made.Id, force: true, volumes: true, cancellation: Cancellation);

        (await FaultAsync(() => fixture.Engine.Volumes.InspectAsync(volume, Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    [Fact]
    public async Task Refusals_of_a_creation_are_told_apart()
    {
        (await FaultAsync(() => Containers.CreateAsync(new CreateContainerRequest { Image = "drover/none:1" }, cancellation: Cancellation)))
            .ShouldBe(EngineFault.NotFound);
        (await FaultAsync(() => Containers.CreateAsync(Sleeper(), "x", Cancellation))).ShouldBe(EngineFault.BadRequest);
        (await FaultAsync(() => Containers.CreateAsync(Sleeper() with { HostConfig = new HostConfig { Memory = 5 } }, cancellation: Cancellation)))
            .ShouldBe(EngineFault.BadRequest);
        (await FaultAsync(() => Containers.StartAsync("no-such-container", Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    [Fact]
    public async Task A_command_that_is_not_there_fails_the_start()
    {
        var made = await Containers.CreateAsync(Sleeper() with { Cmd = ["no-such-program"] }, cancellation: Cancellation);

        var failure = await Should.ThrowAsync<EngineException>(() => Containers.StartAsync(made.Id, Cancellation));

        failure.Fault.ShouldBe(EngineFault.BadRequest);
        failure.Message.ShouldContain("no-such-program");
        (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).State!.ExitCode.ShouldBe(127);
        await Containers.RemoveAsync(made.Id, cancellation: Cancellation);
    }

    [Fact]
    public async Task Large_and_foreign_texts_arrive_unchanged()
    {
        var large = new string('ä', 60_000);
        var labels = new Dictionary<string, string> { ["größe"] = large, ["emoji 🐑"] = "a\"b\\c\n\t\u0001", ["empty"] = "" };
        var made = await Containers.CreateAsync(
            Sleeper() with { Labels = labels, Env = [$"LARGE={large}", "QUOTED=' \" $HOME", "DRÖVER=🐑"] }, cancellation: Cancellation);

        var config = (await Containers.InspectAsync(made.Id, cancellation: Cancellation)).Config!;

        foreach (var (key, value) in labels) config.Labels![key].ShouldBe(value);
        config.Env!.ShouldContain($"LARGE={large}");
        config.Env!.ShouldContain("QUOTED=' \" $HOME");
        config.Env!.ShouldContain("DRÖVER=🐑");
        await Containers.RemoveAsync(made.Id, cancellation: Cancellation);
    }

    private static CreateContainerRequest Sleeper() => new() { Image = TestImages.Busybox, Cmd = ["sleep", "1000"] };

    private static async Task<EngineFault> FaultAsync(Func<Task> act) => (await Should.ThrowAsync<EngineException>(act)).Fault;
}
