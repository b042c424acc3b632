using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Drover.Agent;
using Drover.Agent.Hooks;
using Drover.Agent.Instances;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Simulator.Hosts;

/// <summary>A host without an engine: keeps containers in memory and behaves as its <see cref="FakeBehaviour"/> says. Any thread.</summary>
public sealed partial class FakeRuntime(FakeBehaviour behaviour, TimeProvider time, string hostname) : IHostRuntime
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FakeContainer> _containers = [];
    private readonly Dictionary<string, VolumeStatus> _volumes = [];
    private readonly HashSet<string> _images = [];
    private readonly List<Channel<RuntimeEvent>> _listeners = [];
    private long _ids;
    private bool _down;

    /// <summary>How it behaves from now on.</summary>
    public FakeBehaviour Behaviour { get; set; } = behaviour;

    /// <summary>Drivers of volumes that this host does not have.</summary>
    public HashSet<string> BadDrivers { get; } = [];

    /// <summary>Thrown by the next look at one container, in place of an answer; null for none.</summary>
    public Exception? NextLook { get; set; }

    /// <summary>Hears of every call that changes a container: the word and the container's uuid.</summary>
    public Action<string, string>? OnCall { get; set; }

    /// <summary>The managed network, once it was asked for.</summary>
    public NetworkAssignment? Network { get; private set; }

    public Task<HostDescription> DescribeAsync(CancellationToken cancel) => DoAsync(() => new HostDescription
    {
        Uuid = "",
        Hostname = hostname,
        EngineVersion = "24.0.7",
        EngineApiVersion = "1.43",
        OperatingSystem = "Simulated Linux",
        KernelVersion = "6.1.0",
        StorageDriver = "overlay2",
        CpuCount = Behaviour.CpuCount,
        MemoryBytes = Behaviour.MemoryBytes,
        Labels = EquatableMap.Of(("io.rancher.host.docker_version", "24.0"), ("io.rancher.host.linux_kernel_version", "6.1")),
    });

    public Task<ImmutableArray<ContainerStatus>> ListAsync(CancellationToken cancel)
        => LookAsync(DoAsync(() => _containers.Values.Select(container => container.Status()).ToImmutableArray()), cancel);

    public Task<ContainerStatus?> InspectAsync(string engineId, CancellationToken cancel)
    {
        if (NextLook is not { } failure) return LookAsync(DoAsync(() => _containers.GetValueOrDefault(engineId)?.Status()), cancel);
        NextLook = null;
        return Task.FromException<ContainerStatus?>(failure);
    }

    public Task<bool> HasImageAsync(string image, CancellationToken cancel) => DoAsync(() => _images.Contains(image));

    public async Task PullAsync(string image, RegistryAuth? auth, IProgress<string> progress, CancellationToken cancel)
    {
        var of = Behaviour.Of(image);
        await DoAsync(() => Note("pull", image));
        progress.Report($"Pulling {image}");
        await Task.Delay(of.PullTime, time, cancel);
        await DoAsync(() => of switch
        {
            { Missing: true } => throw new RuntimeException(RuntimeFailure.NotFound, $"manifest for {image} not found"),
            { Password: { } password } when auth?.Password != password => throw new RuntimeException(RuntimeFailure.Unauthorized, $"pull access denied for {image}"),
            _ => _images.Add(image),
        });
    }

    public async Task<string> CreateAsync(ContainerAssignment container, IReadOnlyDictionary<string, string> engineIds, CancellationToken cancel)
    {
        await Task.Delay(Behaviour.CreateTime, time, cancel);
        return await DoAsync(() =>
        {
            var image = ImageName.Of(container.Spec?.ImageUuid ?? "");
            var name = container.EngineName ?? container.Uuid;
            if (Behaviour.Of(image).CreateError is { } refusal) throw new RuntimeException(RuntimeFailure.Invalid, refusal);
            if (!_images.Contains(image)) throw new RuntimeException(RuntimeFailure.NotFound, $"No such image: {image}");
            if (_containers.Values.Any(other => other.Name == name)) throw new RuntimeException(RuntimeFailure.Conflict, $"The container name {name} is already in use");
            foreach (var other in container.VolumesFrom.Items.Concat(container.NetworkFrom is { } network ? [network] : []))
            {
                if (!engineIds.TryGetValue(other, out var id) || !_containers.ContainsKey(id)) throw new RuntimeException(RuntimeFailure.NotFound, $"No such container: {other}");
            }

            foreach (var volume in (container.Spec?.DataVolumes.Items ?? []).Select(VolumesHook.NameOf).OfType<string>())
                _volumes.TryAdd(volume, new VolumeStatus(volume, "local", $"/volumes/{volume}"));
            return Add(new FakeContainer(NextId(), container.Uuid, name, image)
            {
                Address = container.Address,
                Environment = container.Spec?.Environment ?? default,
                Ports = [.. container.Spec?.Ports.Items.Select(port => port.Split(':')[0]) ?? []],
                NetworkFrom = container.NetworkFrom is { } from ? engineIds[from] : null,
                Created = time.GetUtcNow(),
            });
        });
    }

    public async Task StartAsync(string engineId, CancellationToken cancel)
    {
        await Task.Delay(Behaviour.StartTime, time, cancel);
        await DoAsync(() => Start(Find(engineId)));
    }

    public async Task StopAsync(string engineId, long? seconds, CancellationToken cancel)
    {
        var container = await DoAsync(() => Find(engineId));
        if (container.State != SeenState.Running) return;
        Emit(container, "kill");
        var deaf = Behaviour.Of(container.Image).IgnoresStop;
        await Task.Delay(deaf ? TimeSpan.FromSeconds(seconds ?? 10) : Behaviour.StopTime, time, cancel);
        await DoAsync(() => Stop(Find(engineId), deaf ? 137 : 0));
    }

    public Task RemoveAsync(string engineId, CancellationToken cancel) => DoAsync(() =>
    {
        if (!_containers.TryGetValue(engineId, out var container)) return false;
        if (container.State == SeenState.Running) End(container, 137);
        Note("remove", container.Uuid);
        _containers.Remove(engineId);
        Emit(container, "destroy");
        return true;
    });

    public Task<ImmutableArray<VolumeStatus>> ListVolumesAsync(CancellationToken cancel) => DoAsync(() => _volumes.Values.ToImmutableArray());

    public Task EnsureVolumeAsync(VolumeAssignment volume, CancellationToken cancel) => DoAsync(() =>
    {
        if (BadDrivers.Contains(volume.Driver)) throw new RuntimeException(RuntimeFailure.NotFound, $"driver {volume.Driver} not found");
        if (_volumes.TryGetValue(volume.Name, out var there) && there.Driver != volume.Driver)
            throw new RuntimeException(RuntimeFailure.Conflict, $"A volume named {volume.Name} exists with driver {there.Driver}");
        return _volumes.TryAdd(volume.Name, new VolumeStatus(volume.Name, volume.Driver, $"/volumes/{volume.Name}"));
    });

    public Task RemoveVolumeAsync(string name, CancellationToken cancel) => DoAsync(() => _volumes.Remove(name));

    public Task EnsureNetworkAsync(NetworkAssignment network, CancellationToken cancel) => DoAsync(() => Network = network);

    public async IAsyncEnumerable<RuntimeEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var listener = Channel.CreateUnbounded<RuntimeEvent>();
        await DoAsync(() =>
        {
            _listeners.Add(listener);
            return true;
        });
        try
        {
            while (await listener.Reader.WaitToReadAsync(cancel))
            {
                while (listener.Reader.TryRead(out var happened)) yield return happened;
            }
        }
        finally
        {
            lock (_lock) _listeners.Remove(listener);
        }

        throw Unreachable();
    }

    /// <summary>The answer as it was when it was asked for, later.</summary>
    private async Task<T> LookAsync<T>(Task<T> answer, CancellationToken cancel)
    {
        if (Behaviour.LookTime > TimeSpan.Zero) await Task.Delay(Behaviour.LookTime, time, cancel);
        return await answer;
    }

    private static RuntimeException Unreachable() => new(RuntimeFailure.Unreachable, "The engine does not answer");

    private Task<T> DoAsync<T>(Func<T> act)
    {
        try
        {
            lock (_lock) return _down ? Task.FromException<T>(Unreachable()) : Task.FromResult(act());
        }
        catch (RuntimeException failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    private FakeContainer Find(string engineId)
        => _containers.GetValueOrDefault(engineId) ?? throw new RuntimeException(RuntimeFailure.NotFound, $"No such container: {engineId}");

    private bool Note(string word, string uuid)
    {
        OnCall?.Invoke(word, uuid);
        return true;
    }

    private string NextId() => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{hostname}/{++_ids}")));
}
