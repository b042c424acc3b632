using Drover.Agent.Docker.Engine;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests.Engine.Volumes;

/// <summary>Volumes on a real engine.</summary>
public sealed class VolumeOperationsTests(EngineFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private VolumeOperations Volumes => fixture.Engine.Volumes;

    [Fact]
    public async Task A_volume_is_made_once_seen_and_removed()
    {
        var name = EngineFixture.UniqueName("vol");
        var request = new CreateVolumeRequest
        {
            Name = name, Driver = "local",
            DriverOpts = new Dictionary<string, string> { ["type"] = "tmpfs", ["device"] = "tmpfs", ["o"] = "size=1m" },
            Labels = new Dictionary<string, string> { ["owner"] = name },
        };
        var made = await Volumes.CreateAsync(request, Cancellation);
        var again = await Volumes.CreateAsync(request, Cancellation);

        var seen = await Volumes.InspectAsync(name, Cancellation);
        var listed = (await Volumes.ListAsync(EngineFilters.None.WithLabel("owner", name), Cancellation)).Volumes!.ShouldHaveSingleItem();
        await Volumes.RemoveAsync(name, cancellation: Cancellation);

        made.Name.ShouldBe(name);
        again.CreatedAt.ShouldBe(made.CreatedAt);
        seen.Options!["o"].ShouldBe("size=1m");
        seen.CreatedAt.ShouldNotBeNull();
        listed.Driver.ShouldBe("local");
        (await FaultAsync(() => Volumes.InspectAsync(name, Cancellation))).ShouldBe(EngineFault.NotFound);
        (await FaultAsync(() => Volumes.RemoveAsync(name, cancellation: Cancellation))).ShouldBe(EngineFault.NotFound);
    }

    [Fact]
    public async Task A_volume_outlives_its_container_and_is_a_conflict_while_in_use()
    {
        var name = EngineFixture.UniqueName("vol");
        var mount = new HostConfig { Binds = [$"{name}:/data"] };
        await RunAsync(mount, "echo kept >/data/file");
        var second = await fixture.Engine.Containers.CreateAsync(
            new CreateContainerRequest { Image = TestImages.Busybox, Cmd = ["sh", "-c", "grep -q kept /data/file"], HostConfig = mount }, cancellation: Cancellation);

        (await FaultAsync(() => Volumes.RemoveAsync(name, cancellation: Cancellation))).ShouldBe(EngineFault.Conflict);
        await fixture.Engine.Containers.StartAsync(second.Id, Cancellation);

        (await fixture.Engine.Containers.WaitAsync(second.Id, cancellation: Cancellation)).StatusCode.ShouldBe(0);
        await fixture.Engine.Containers.RemoveAsync(second.Id, volumes: true, cancellation: Cancellation);
        (await Volumes.InspectAsync(name, Cancellation)).Mountpoint!.ShouldEndWith($"{name}/_data");
        await Volumes.RemoveAsync(name, cancellation: Cancellation);
    }

    [Theory]
    [InlineData("no-such-driver", "fine", EngineFault.NotFound)]
    [InlineData("local", "bad/name", EngineFault.BadRequest)]
    public async Task Refusals_are_told_apart(string driver, string name, EngineFault fault) =>
        (await FaultAsync(() => Volumes.CreateAsync(new CreateVolumeRequest { Name = name, Driver = driver }, Cancellation))).ShouldBe(fault);

    private async Task RunAsync(HostConfig host, string script)
    {
        var made = await fixture.Engine.Containers.CreateAsync(
            new CreateContainerRequest { Image = TestImages.Busybox, Cmd = ["sh", "-c", script], HostConfig = host }, cancellation: Cancellation);
        await fixture.Engine.Containers.StartAsync(made.Id, Cancellation);
        (await fixture.Engine.Containers.WaitAsync(made.Id, cancellation: Cancellation)).StatusCode.ShouldBe(0);
        await fixture.Engine.Containers.RemoveAsync(made.Id, cancellation: Cancellation);
    }

    private static async Task<EngineFault> FaultAsync(Func<Task> act) => (await Should.ThrowAsync<EngineException>(act)).Fault;
}
