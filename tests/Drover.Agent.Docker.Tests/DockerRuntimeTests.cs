using System.Collections.Immutable;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Tests.Engine;
using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Testing;

namespace Drover.Agent.Docker.Tests;

/// <summary>The runtime on a real engine.</summary>
public sealed class DockerRuntimeTests(EngineFixture fixture)
{
    private static readonly NetworkAssignment Managed = new("10.42.0.0/16", "10.42.0.1");
    private static readonly ImmutableDictionary<string, string> Nobody = ImmutableDictionary<string, string>.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DockerRuntime Runtime => new(fixture.Engine, TimeProvider.System);

    [Fact]
    public async Task A_container_has_its_address_and_name_before_its_first_process()
    {
        await Runtime.EnsureNetworkAsync(Managed, Cancel);
        var wanted = Wanted("10.42.7.7") with
        {
            EngineName = EngineFixture.UniqueName("r-web-1"),
            Hostname = "web-1",
            DnsSearch = ["shop.rancher.internal", "rancher.internal"],
            Spec = Spec("sh", "-c", "hostname >/out; cat /etc/resolv.conf >>/out; ip -4 addr show eth0 >>/out; sleep 1000"),
        };
        var id = await Runtime.CreateAsync(wanted, Nobody, Cancel);
        var created = await Runtime.InspectAsync(id, Cancel);
        await Runtime.StartAsync(id, Cancel);
        var running = await Runtime.InspectAsync(id, Cancel);
        var written = await fixture.Host.ExecAsync("docker", "exec", wanted.EngineName, "sh", "-c", "until grep -q 10.42 /out; do :; done; cat /out");
        await Runtime.StopAsync(id, 0, Cancel);
        var stopped = await Runtime.InspectAsync(id, Cancel);
        await Runtime.RemoveAsync(id, Cancel);
        await Runtime.RemoveAsync(id, Cancel);

        created!.State.ShouldBe(SeenState.Created);
        created.StartCount.ShouldBe(0);
        running!.State.ShouldBe(SeenState.Running);
        running.Uuid.ShouldBe(wanted.Uuid);
        running.Address.ShouldBe("10.42.7.7");
        running.StartCount.ShouldBe(1);
        running.Imported.ShouldBeNull();
        written.ShouldStartWith("web-1\n");
        written.ShouldContain("search shop.rancher.internal rancher.internal");
        written.ShouldContain("10.42.7.7/16");
        stopped!.State.ShouldBe(SeenState.Exited);
        stopped.ExitCode.ShouldBe(137);
        (await Runtime.InspectAsync(id, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task The_managed_network_is_made_once_and_made_anew_when_wanted_otherwise()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var runtime = new DockerRuntime(engine, TimeProvider.System);
        await runtime.EnsureNetworkAsync(Managed, Cancel);
        var first = await engine.Networks.InspectAsync(ManagedNetwork.Name, Cancel);

        await runtime.EnsureNetworkAsync(Managed, Cancel);
        var second = await engine.Networks.InspectAsync(ManagedNetwork.Name, Cancel);
        await runtime.EnsureNetworkAsync(new NetworkAssignment("10.50.0.0/16", "10.50.0.1", 1400), Cancel);
        var third = await engine.Networks.InspectAsync(ManagedNetwork.Name, Cancel);

        second.Id.ShouldBe(first.Id);
        third.Id.ShouldNotBe(first.Id);
        (await host.ExecAsync("ip", "addr", "show", ManagedNetwork.Bridge)).ShouldContain("10.50.0.1/16");
    }

    [Fact]
    public async Task Containers_that_come_at_once_make_one_managed_network()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var runtime = new DockerRuntime(engine, TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => runtime.EnsureNetworkAsync(Managed, Cancel)));

        (await host.ExecAsync("docker", "network", "ls", "-q", "-f", $"name={ManagedNetwork.Name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Taken_addresses_ports_and_names_are_conflicts()
    {
        await Runtime.EnsureNetworkAsync(Managed, Cancel);
        var first = Wanted("10.42.7.20") with { EngineName = EngineFixture.UniqueName("r-taken"), Spec = Spec("sleep", "1000") with { Ports = ["8777:80"] } };
        var id = await Runtime.CreateAsync(first, Nobody, Cancel);
        await Runtime.StartAsync(id, Cancel);
        var sameAddress = await Runtime.CreateAsync(Wanted("10.42.7.20"), Nobody, Cancel);
        var samePort = await Runtime.CreateAsync(Wanted("10.42.7.21") with { Spec = first.Spec }, Nobody, Cancel);

        (await FailureAsync(() => Runtime.StartAsync(sameAddress, Cancel))).ShouldBe(RuntimeFailure.Conflict);
        (await FailureAsync(() => Runtime.StartAsync(samePort, Cancel))).ShouldBe(RuntimeFailure.Conflict);
        (await FailureAsync(() => Runtime.CreateAsync(Wanted("10.42.7.22") with { EngineName = first.EngineName }, Nobody, Cancel))).ShouldBe(RuntimeFailure.Conflict);

        foreach (var made in (string[])[id, sameAddress, samePort]) await Runtime.RemoveAsync(made, Cancel);
    }

    [Fact]
    public async Task Sidekicks_share_network_and_volumes()
    {
        await Runtime.EnsureNetworkAsync(Managed, Cancel);
        var data = Wanted("10.42.7.30") with { Spec = Spec("sh", "-c", "echo shared >/data/f; sleep 1000") with { DataVolumes = ["/data"] } };
        var dataId = await Runtime.CreateAsync(data, Nobody, Cancel);
        await Runtime.StartAsync(dataId, Cancel);
        var side = Wanted(null) with
        {
            NetworkFrom = data.Uuid,
            VolumesFrom = [data.Uuid],
            Hostname = "ignored",
            Spec = Spec("sh", "-c", "until grep -q shared /data/f; do :; done; ip -4 addr show eth0 | grep -q 10.42.7.30"),
        };
        var sideId = await Runtime.CreateAsync(side, new Dictionary<string, string> { [data.Uuid] = dataId }, Cancel);
        await Runtime.StartAsync(sideId, Cancel);

        (await fixture.Engine.Containers.WaitAsync(sideId, cancellation: Cancel)).StatusCode.ShouldBe(0);
        (await FailureAsync(() => Runtime.CreateAsync(side, Nobody, Cancel))).ShouldBe(RuntimeFailure.NotFound);
        await Runtime.RemoveAsync(sideId, Cancel);
        await Runtime.RemoveAsync(dataId, Cancel);
    }

    [Fact]
    public async Task The_inventory_holds_ours_and_those_started_by_hand()
    {
        var ours = Wanted(null) with { Spec = Spec("true") with { NetworkMode = "none" } };
        var id = await Runtime.CreateAsync(ours, Nobody, Cancel);
        var name = EngineFixture.UniqueName("by-hand");
        await fixture.Host.ExecAsync("docker", "run", "-d", "--name", name, "-p", "8555:80", "--label", "a=b", TestImages.Busybox, "sleep", "1000");

        var seen = await Runtime.ListAsync(Cancel);

        seen.ShouldContain(status => status.Uuid == ours.Uuid && status.EngineId == id && status.State == SeenState.Created);
        var stranger = seen.Single(status => status.Imported?.Name == name);
        stranger.State.ShouldBe(SeenState.Running);
        stranger.Address.ShouldStartWith("172.");
        stranger.Imported!.Image.ShouldBe(TestImages.Busybox);
        stranger.Imported.Command.ShouldBe(["sleep", "1000"]);
        stranger.Imported.Ports.ShouldBe(["8555:80/tcp"]);
        stranger.Imported.Labels.Find("a").ShouldBe("b");
        await Runtime.RemoveAsync(id, Cancel);
        await Runtime.RemoveAsync(stranger.EngineId!, Cancel);
    }

    [Fact]
    public async Task A_named_volume_is_made_once_listed_and_outlives_its_container_unless_told_otherwise()
    {
        var volume = new VolumeAssignment("v-1", EngineFixture.UniqueName("shop_data"), "local", default);
        await Runtime.EnsureVolumeAsync(volume, Cancel);
        await Runtime.EnsureVolumeAsync(volume, Cancel);
        var kept = await RunOnceAsync(volume.Name, "none");
        var usual = await RunOnceAsync(volume.Name, null);

        var listed = (await Runtime.ListVolumesAsync(Cancel)).Single(status => status.Name == volume.Name);
        var anonymous = (await fixture.Engine.Volumes.ListAsync(cancellation: Cancel)).Volumes!.Select(seen => seen.Name).ToList();
        await RunOnceAsync(volume.Name, "all");

        listed.Driver.ShouldBe("local");
        listed.Mountpoint!.ShouldEndWith($"{volume.Name}/_data");
        anonymous.ShouldContain(kept);
        anonymous.ShouldNotContain(usual);
        (await Runtime.ListVolumesAsync(Cancel)).ShouldNotContain(status => status.Name == volume.Name || status.Name == kept);
        await Runtime.RemoveVolumeAsync(kept, Cancel);
        await Runtime.RemoveVolumeAsync(volume.Name, Cancel);
    }

    [Fact]
    public async Task An_image_is_pulled_with_the_registrys_credential()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var runtime = new DockerRuntime(engine, TimeProvider.System);
        await using var registry = await fixture.Lab.StartRegistryAsync("bob", "pass word", 5001, Cancel);
        var image = await registry.PushAsync(fixture.Host, TestImages.Busybox, "app:2");
        var auth = new Protocol.RegistryAuth(registry.Address, "bob", "pass word");
        var told = new Progress<string>();

        (await runtime.HasImageAsync(image, Cancel)).ShouldBeFalse();
        (await FailureAsync(() => runtime.PullAsync(image, null, told, Cancel))).ShouldBe(RuntimeFailure.Unauthorized);
        (await FailureAsync(() => runtime.PullAsync($"{registry.Address}/none:1", auth, told, Cancel))).ShouldBe(RuntimeFailure.NotFound);
        await runtime.PullAsync(image, auth, told, Cancel);

        (await runtime.HasImageAsync(image, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Events_name_the_container_and_end_with_the_engine()
    {
        var host = await fixture.Lab.AddHostAsync(Cancel);
        using var engine = new EngineClient(host.SocketPath, TimeProvider.System);
        var runtime = new DockerRuntime(engine, TimeProvider.System);
        await host.LoadAsync(await TestImages.BusyboxAsync(), Cancel);
        var told = new List<RuntimeEvent>();
        var reading = Should.ThrowAsync<RuntimeException>(async () =>
        {
            await foreach (var happened in runtime.EventsAsync(Cancel)) told.Add(happened);
        });

        var id = await runtime.CreateAsync(Wanted(null) with { Spec = Spec("true") with { NetworkMode = "none" } }, Nobody, Cancel);
        await runtime.StartAsync(id, Cancel);
        await engine.Containers.WaitAsync(id, cancellation: Cancel);
        await host.StopEngineAsync(Cancel);

        (await reading).Failure.ShouldBe(RuntimeFailure.Unreachable);
        told.ShouldBe([new(id, "create"), new(id, "start"), new(id, "die")]);
        (await FailureAsync(() => runtime.ListAsync(Cancel))).ShouldBe(RuntimeFailure.Unreachable);
    }

    [Fact]
    public async Task Events_begin_with_the_call_and_tell_nothing_older()
    {
        var wanted = Wanted(null) with { Spec = Spec("true") with { NetworkMode = "none" } };
        var older = await Runtime.CreateAsync(wanted, Nobody, Cancel);
        var stream = Runtime.EventsAsync(Cancel).GetAsyncEnumerator(Cancel);
        var first = stream.MoveNextAsync();
        var newer = await Runtime.CreateAsync(wanted with { Uuid = Guid.NewGuid().ToString() }, Nobody, Cancel);

        var told = new List<string>();
        for (var more = await first; more && stream.Current.EngineId != newer; more = await stream.MoveNextAsync()) told.Add(stream.Current.EngineId);

        told.ShouldNotContain(older);
        await stream.DisposeAsync();
        await Runtime.RemoveAsync(older, Cancel);
        await Runtime.RemoveAsync(newer, Cancel);
    }

    [Fact]
    public async Task A_host_describes_itself()
    {
        var host = await Runtime.DescribeAsync(Cancel);

        host.Hostname.ShouldBe(fixture.Host.Name);
        host.CpuCount.ShouldBe(Environment.ProcessorCount);
        host.StorageDriver.ShouldBe("overlay2");
        host.EngineUp.ShouldBeTrue();
    }

    private static ContainerAssignment Wanted(string? address) =>
        new() { Uuid = Guid.NewGuid().ToString(), Address = address, Spec = Spec("sleep", "1000") };

    private static ContainerSpec Spec(params string[] command) =>
        new() { ImageUuid = $"docker:{TestImages.Busybox}", Command = command.ToEquatableArray() };

    /// <summary>Makes and removes a container with the named and one anonymous volume; returns the name of the latter.</summary>
    private async Task<string> RunOnceAsync(string volume, string? cleanup)
    {
        var labels = cleanup is null ? default : new EquatableMap<string>([new("io.rancher.container.volume_cleanup_strategy", cleanup)]);
        var id = await Runtime.CreateAsync(
            Wanted(null) with { Labels = labels, Spec = Spec("true") with { NetworkMode = "none", DataVolumes = [$"{volume}:/named", "/anonymous"] } }, Nobody, Cancel);
        var seen = await fixture.Engine.Containers.InspectAsync(id, cancellation: Cancel);
        await Runtime.RemoveAsync(id, Cancel);
        return seen.Mounts!.Single(mount => mount.Destination == "/anonymous").Name!;
    }

    private static async Task<RuntimeFailure> FailureAsync(Func<Task> act) => (await Should.ThrowAsync<RuntimeException>(act)).Failure;
}
