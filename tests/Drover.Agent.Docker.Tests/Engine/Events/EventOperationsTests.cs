using Drover.Agent.Docker.Engine;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Engine.Events;

/// <summary>The stream of events of a real engine.</summary>
public sealed class EventOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_containers_life_is_told_in_order_with_its_labels()
    {
        var since = Now();
        var mark = EngineFixture.UniqueName("mark");
        var containers = fixture.Engine.Containers;
        var reading = ReadUntilAsync(fixture.Engine, since, EngineFilters.None.With("type", "container").WithLabel("mark", mark), "destroy");

        var made = await containers.CreateAsync(
            new CreateContainerRequest { Image = TestImages.Busybox, Cmd = ["sleep", "1000"], Labels = new Dictionary<string, string> { ["mark"] = mark } },
            cancellation: Cancellation);
        await containers.StartAsync(made.Id, Cancellation);
        await containers.KillAsync(made.Id, cancellation: Cancellation);
        await containers.WaitAsync(made.Id, cancellation: Cancellation);
        await containers.RemoveAsync(made.Id, cancellation: Cancellation);
        var events = await reading;

        events.Select(happened => happened.Action).ShouldBe(["create", "start", "kill", "die", "destroy"]);
        events.ShouldAllBe(happened => happened.Actor!.ID == made.Id && happened.Actor.Attributes!["mark"] == mark);
        events.Select(happened => happened.TimeNano).ShouldBeInOrder();
        events[3].Actor!.Attributes!["exitCode"].ShouldBe("137");
    }

    [Fact]
    public async Task What_happened_before_the_stream_began_is_told_from_since_to_until()
    {
        var since = Now();
        var name = EngineFixture.UniqueName("vol");
        await fixture.Engine.Volumes.CreateAsync(new CreateVolumeRequest { Name = name }, Cancellation);
        await fixture.Engine.Volumes.RemoveAsync(name, cancellation: Cancellation);

        var told = new List<EngineEvent>();
        await foreach (var happened in fixture.Engine.Events.StreamAsync(since, Now(), EngineFilters.None.With("volume", name), Cancellation))
            told.Add(happened);

        told.Select(happened => $"{happened.Type} {happened.Action}").ShouldBe(["volume create", "volume destroy"]);
    }

    [Fact]
    public async Task A_daemon_that_restarts_ends_the_stream_and_the_next_resumes_without_a_gap()
    {
        var host = await fixture.Lab.AddHostAsync(Cancellation);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var began = Now();
        var first = ReadUntilAsync(engine, began, EngineFilters.None.With("type", "volume"), "never");
        await engine.Volumes.CreateAsync(new CreateVolumeRequest { Name = "one" }, Cancellation);

        await host.RestartEngineAsync(Cancellation);
        var before = await first;
        var second = ReadUntilAsync(engine, before.Count == 0 ? began : before[^1].TimeNano + 1, EngineFilters.None.With("type", "volume"), "destroy");
        await engine.Volumes.RemoveAsync("one", cancellation: Cancellation);

        before.Select(happened => happened.Action).ShouldBe(["create"]);
        (await second).Select(happened => happened.Action).ShouldBe(["destroy"]);
    }

    [Fact]
    public async Task A_daemon_that_is_killed_interrupts_the_stream()
    {
        var host = await fixture.Lab.AddHostAsync(Cancellation);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var reading = ReadUntilAsync(engine, Now(), EngineFilters.None, "never");
        await engine.Volumes.CreateAsync(new CreateVolumeRequest { Name = "one" }, Cancellation);

        await host.KillEngineAsync(Cancellation);
        await reading.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);

        (await Should.ThrowAsync<EngineException>(() => ReadUntilAsync(engine, null, EngineFilters.None, "never", tolerant: false)))
            .Fault.ShouldBe(EngineFault.Unreachable);
    }

    private static long Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>Reads until the action comes or the daemon goes; a broken stream counts as its end where tolerant.</summary>
    private static async Task<List<EngineEvent>> ReadUntilAsync(
        EngineClient engine, long? since, EngineFilters filters, string action, bool tolerant = true)
    {
        var told = new List<EngineEvent>();
        try
        {
            await foreach (var happened in engine.Events.StreamAsync(since, filters: filters, cancellation: Cancellation))
            {
                told.Add(happened);
                if (happened.Action == action) break;
            }
        }
        catch (EngineException e) when (tolerant && e.Fault == EngineFault.Interrupted)
        {
            // The daemon went away within the stream.
        }
        return told;
    }
}
