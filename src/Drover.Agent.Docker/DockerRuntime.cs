using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Drover.Agent.Docker.Engine;
using Drover.Agent.Docker.Seen;
using Drover.Agent.Docker.Wanted;
using Drover.Protocol;

namespace Drover.Agent.Docker;

/// <summary>Runs containers on a Docker Engine. Everything it knows stands in the engine.</summary>
public sealed class DockerRuntime(EngineClient engine, TimeProvider time) : IHostRuntime
{
    /// <summary>So many inspections at a time while all containers are listed; more only queue up in the daemon.</summary>
    private const int ListingWidth = 8;

    private readonly Lock _lock = new();

    /// <summary>The newest look at the managed network. Each waits for the one before: two that miss it and make it at once get in each other's way.</summary>
    private Task _networking = Task.CompletedTask;

    public Task<HostDescription> DescribeAsync(CancellationToken cancel) => RuntimeFailures.TranslatedAsync(async () =>
    {
        var version = await engine.System.VersionAsync(cancel);
        return HostSight.Description(await engine.System.InfoAsync(cancel), version, File.Exists("/dev/kvm"));
    });

    public Task<ImmutableArray<ContainerStatus>> ListAsync(CancellationToken cancel) => RuntimeFailures.TranslatedAsync(async () =>
    {
        var listed = await engine.Containers.ListAsync(all: true, cancellation: cancel);
        var seen = new ContainerStatus?[listed.Count];
        await Parallel.ForAsync(0, listed.Count, new ParallelOptions { MaxDegreeOfParallelism = ListingWidth, CancellationToken = cancel },
            async (index, stop) => seen[index] = await FindAsync(listed[index].Id, stop));
        return seen.OfType<ContainerStatus>().ToImmutableArray();
    });

    public Task<ContainerStatus?> InspectAsync(string engineId, CancellationToken cancel) =>
        RuntimeFailures.TranslatedAsync(() => FindAsync(engineId, cancel));

    public Task<bool> HasImageAsync(string image, CancellationToken cancel) => RuntimeFailures.TranslatedAsync(async () =>
    {
        try
        {
            await engine.Images.InspectAsync(image, cancel);
            return true;
        }
        catch (EngineException e) when (e.Fault == EngineFault.NotFound)
        {
            return false;
        }
    });

    public Task PullAsync(string image, Protocol.RegistryAuth? auth, IProgress<string> progress, CancellationToken cancel) =>
        RuntimeFailures.TranslatedAsync(() => engine.Images.PullAsync(
            image,
            auth is null ? null : new Engine.RegistryAuth { Username = auth.Username, Password = auth.Password, ServerAddress = auth.ServerAddress },
            new PullProgress(progress), cancellation: cancel));

    public Task<string> CreateAsync(
        ContainerAssignment container, IReadOnlyDictionary<string, string> engineIds, CancellationToken cancel) =>
        RuntimeFailures.TranslatedAsync(async () =>
        {
            var request = ContainerCreation.Request(container, engineIds, HostResolver.SearchDomains());
            return (await engine.Containers.CreateAsync(request, container.EngineName, cancel)).Id;
        });

    public Task StartAsync(string engineId, CancellationToken cancel) =>
        RuntimeFailures.TranslatedAsync(() => engine.Containers.StartAsync(engineId, cancel));

    public Task StopAsync(string engineId, long? seconds, CancellationToken cancel) =>
        RuntimeFailures.TranslatedAsync(() => engine.Containers.StopAsync(
            engineId, seconds is { } given ? TimeSpan.FromSeconds(given) : null, cancel));

    public Task RemoveAsync(string engineId, CancellationToken cancel) => RuntimeFailures.UnlessGoneAsync(async () =>
    {
        var seen = await engine.Containers.InspectAsync(engineId, cancellation: cancel);
        var cleanup = seen.Config?.Labels?.GetValueOrDefault(ContainerLabels.VolumeCleanup);
        try
        {
            await engine.Containers.RemoveAsync(engineId, force: true, volumes: cleanup != "none", cancellation: cancel);
        }
        catch (EngineException e) when (e.Fault == EngineFault.Conflict && e.Message.Contains("already in progress", StringComparison.Ordinal))
        {
            await engine.Containers.WaitAsync(engineId, "removed", cancel);
        }
        if (cleanup != "all") return;
        foreach (var volume in (seen.Mounts ?? []).Where(mount => mount.Type == "volume").Select(mount => mount.Name).OfType<string>())
            await RemoveUnusedAsync(volume, cancel);
    });

    public Task<ImmutableArray<VolumeStatus>> ListVolumesAsync(CancellationToken cancel) => RuntimeFailures.TranslatedAsync(async () =>
        (await engine.Volumes.ListAsync(cancellation: cancel)).Volumes is { } volumes
            ? volumes.Where(volume => !IsAnonymous(volume.Name))
                .Select(volume => new VolumeStatus(volume.Name, volume.Driver ?? "local", string.IsNullOrEmpty(volume.Mountpoint) ? null : volume.Mountpoint))
                .ToImmutableArray()
            : []);

    public Task EnsureVolumeAsync(VolumeAssignment volume, CancellationToken cancel) => RuntimeFailures.TranslatedAsync(() =>
        engine.Volumes.CreateAsync(
            new CreateVolumeRequest
            {
                Name = volume.Name,
                Driver = volume.Driver,
                DriverOpts = volume.Options.Count == 0 ? null : volume.Options,
            },
            cancel));

    public Task RemoveVolumeAsync(string name, CancellationToken cancel) =>
        RuntimeFailures.UnlessGoneAsync(() => engine.Volumes.RemoveAsync(name, cancellation: cancel));

    public Task EnsureNetworkAsync(NetworkAssignment network, CancellationToken cancel)
    {
        lock (_lock) return _networking = AfterAsync(_networking);

        async Task AfterAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            await RuntimeFailures.TranslatedAsync(() => MakeNetworkAsync(network, cancel));
        }
    }

    public async IAsyncEnumerable<RuntimeEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // From this moment on, which covers the opening of the stream; nothing older: a daemon that comes up after a crash
        // tells of kills of its own, which nobody's hand did.
        var since = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        await using var events = engine.Events
            .StreamAsync(since, filters: EngineFilters.None.With("type", "container"), cancellation: cancel)
            .GetAsyncEnumerator(cancel);
        while (await RuntimeFailures.TranslatedAsync(() => events.MoveNextAsync().AsTask()))
        {
            if (events.Current is { Actor.ID: { } id, Action: var action } && !action.StartsWith("exec_", StringComparison.Ordinal))
                yield return new RuntimeEvent(id, action.Split(':')[0]);
        }
        cancel.ThrowIfCancellationRequested();
        throw new RuntimeException(RuntimeFailure.Unreachable, "The Docker Engine ended its stream of events");
    }

    private async Task MakeNetworkAsync(NetworkAssignment network, CancellationToken cancel)
    {
        var there = await engine.Networks.ListAsync(EngineFilters.None.With("name", $"^{ManagedNetwork.Name}$"), cancel);
        var present = there.FirstOrDefault(candidate => candidate.Name == ManagedNetwork.Name);
        if (present is not null && ManagedNetwork.IsAsWanted(present, network)) return;
        if (present is not null) await engine.Networks.RemoveAsync(present.Id, cancel);
        await engine.Networks.CreateAsync(ManagedNetwork.Request(network), cancel);
    }

    private async Task<ContainerStatus?> FindAsync(string engineId, CancellationToken cancel)
    {
        try
        {
            return ContainerSight.Status(await engine.Containers.InspectAsync(engineId, cancellation: cancel));
        }
        catch (EngineException e) when (e.Fault == EngineFault.NotFound)
        {
            return null;
        }
    }

    private async Task RemoveUnusedAsync(string volume, CancellationToken cancel)
    {
        try
        {
            await engine.Volumes.RemoveAsync(volume, cancellation: cancel);
        }
        catch (EngineException e) when (e.Fault is EngineFault.Conflict or EngineFault.NotFound)
        {
            // Another container has it, or it went with the container.
        }
    }

    private static bool IsAnonymous(string volume) => volume.Length == 64 && volume.All(char.IsAsciiHexDigitLower);
}
