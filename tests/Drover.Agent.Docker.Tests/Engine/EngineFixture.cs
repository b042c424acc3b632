using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Tests.Engine;
using Drover.Testing;

[assembly: AssemblyFixture(typeof(EngineFixture))]

namespace Drover.Agent.Docker.Tests.Engine;

/// <summary>One real host with busybox on it, shared by every test that does not disturb the daemon.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private string? _reason;
    private DockerLab? _lab;
    private EngineClient? _engine;

    /// <summary>The lab; asking for it skips the test where no lab is possible.</summary>
    public DockerLab Lab
    {
        get
        {
            Assert.SkipWhen(_reason is not null, _reason ?? "");
            return _lab!;
        }
    }

    public DockerHost Host => Lab.Hosts[0];

    public EngineClient Engine => Lab is null ? throw new InvalidOperationException() : _engine!;

    public async ValueTask InitializeAsync()
    {
        if (!DockerLab.IsPossible(out _reason)) return;
        _lab = await DockerLab.UpAsync();
        await Host.LoadAsync(await TestImages.BusyboxAsync());
        _engine = new EngineClient(Host.SocketPath, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        if (_lab is not null) await _lab.DisposeAsync();
    }

    /// <summary>Makes and starts a container of busybox; its name is unique.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        var name = UniqueName("run");
        await Engine.Containers.CreateAsync(new CreateContainerRequest { Image = TestImages.Busybox, Cmd = command }, name);
        await Engine.Containers.StartAsync(name);
        return name;
    }

    public static string UniqueName(string what) => $"{what}-{Guid.NewGuid():N}";
}
