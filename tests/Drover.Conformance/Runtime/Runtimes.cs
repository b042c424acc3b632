using Drover.Agent;
using Drover.Agent.Docker;
using Drover.Agent.Docker.Engine;
using Drover.Model.Containers;
using Drover.Simulator.Hosts;
using Drover.Testing;

namespace Drover.Conformance.Runtime;

public sealed class FakeRuntimeTests(FakeBench bench) : RuntimeConformance(bench), IClassFixture<FakeBench>;

public sealed class DockerRuntimeTests(DockerBench bench) : RuntimeConformance(bench), IClassFixture<DockerBench>;

/// <summary>The simulator's host, in real time.</summary>
public sealed class FakeBench : IRuntimeBench
{
    private readonly FakeRuntime _fake = new(
        new FakeBehaviour { CreateTime = TimeSpan.Zero, StartTime = TimeSpan.Zero, StopTime = TimeSpan.Zero, Default = new ImageBehaviour { PullTime = TimeSpan.Zero } }
            .With("ends", new ImageBehaviour { PullTime = TimeSpan.Zero, RunsFor = TimeSpan.FromMilliseconds(50), ExitCode = 3 })
            .With("unknown", new ImageBehaviour { PullTime = TimeSpan.Zero, Missing = true }),
        TimeProvider.System, "fake");

    public IHostRuntime Runtime => _fake;

    public ContainerSpec Lasting { get; } = new() { ImageUuid = "docker:lasts", NetworkMode = "none" };

    public ContainerSpec Ending { get; } = new() { ImageUuid = "docker:ends", NetworkMode = "none" };

    public string UnknownImage => "unknown";

    public async ValueTask InitializeAsync()
    {
        foreach (var image in (string[])["lasts", "ends"])
            await _fake.PullAsync(image, null, new Progress<string>(), CancellationToken.None);
    }

    public Task GoDownAsync()
    {
        _fake.GoDown();
        return Task.CompletedTask;
    }

    public Task ComeUpAsync()
    {
        _fake.ComeUp();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A real engine on a host of its own.</summary>
public sealed class DockerBench : IRuntimeBench
{
    private string? _reason;
    private DockerLab? _lab;
    private LabRegistry? _registry;
    private EngineClient? _engine;

    public IHostRuntime Runtime
    {
        get
        {
            Assert.SkipWhen(_reason is not null, _reason ?? "");
            return new DockerRuntime(_engine!, TimeProvider.System);
        }
    }

    public ContainerSpec Lasting { get; } = new()
    {
        ImageUuid = $"docker:{TestImages.Busybox}",
        Command = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"],
        NetworkMode = "none",
    };

    public ContainerSpec Ending { get; } = new() { ImageUuid = $"docker:{TestImages.Busybox}", Command = ["sh", "-c", "exit 3"], NetworkMode = "none" };

    public string UnknownImage => $"{_registry!.Address}/none:1";

    public async ValueTask InitializeAsync()
    {
        if (!DockerLab.IsPossible(out _reason)) return;
        _lab = await DockerLab.UpAsync();
        await _lab.Hosts[0].LoadAsync(await TestImages.BusyboxAsync());
        _registry = await _lab.StartRegistryAsync();
        _engine = new EngineClient(_lab.Hosts[0].SocketPath, TimeProvider.System);
    }

    public Task GoDownAsync() => _lab!.Hosts[0].StopEngineAsync();

    public Task ComeUpAsync() => _lab!.Hosts[0].StartEngineAsync();

    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        if (_registry is not null) await _registry.DisposeAsync();
        if (_lab is not null) await _lab.DisposeAsync();
    }
}
