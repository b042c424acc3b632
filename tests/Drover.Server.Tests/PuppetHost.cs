using System.Collections.Concurrent;
using System.Threading.Channels;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Server.Hosts;

namespace Drover.Server.Tests;

/// <summary>A host that speaks the agent protocol and does at once what it is told, or fails as the test says.</summary>
internal sealed class PuppetHost(string name)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ContainerAssignment> _assigned = [];
    private readonly Dictionary<string, ContainerStatus> _containers = [];
    private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Link? _link;

    public long Id { get; set; }

    public HostDescription Description { get; } = new()
    {
        Uuid = Guid.NewGuid().ToString(),
        Hostname = name,
        AgentIp = "192.0.2.1",
        EngineVersion = "20.10.24",
        KernelVersion = "6.1.0",
        MemoryBytes = 4L << 30,
        CpuCount = 4,
        Labels = EquatableMap.Of<string>(),
    };

    public Task Welcomed => _welcomed.Task;

    /// <summary>Done once the first assignments came.</summary>
    public Task Told => _told.Task;

    /// <summary>All messages that the server sent.</summary>
    public ConcurrentQueue<ServerMessage> Received { get; } = [];

    /// <summary>Says what becomes of a container that is to run; null runs it.</summary>
    public Func<ContainerAssignment, ContainerStatus?>? Refuse { get; set; }

    /// <summary>True where nothing is done and nothing reported.</summary>
    public bool Frozen { get; set; }

    /// <summary>What runs now, by the containers' names.</summary>
    public IReadOnlyList<string> Running
    {
        get { lock (_lock) return [.. _containers.Values.Where(c => c.State == SeenState.Running).Select(c => _assigned.GetValueOrDefault(c.Uuid)?.Name ?? c.Uuid).Order(StringComparer.Ordinal)]; }
    }

    /// <summary>The newest assignment of a container, by its name.</summary>
    public ContainerAssignment Assigned(string containerName)
    {
        lock (_lock) return _assigned.Values.Single(a => a.Name == containerName);
    }

    /// <summary>The server's end of a new connection; greets and sends the inventory by itself.</summary>
    public IAgentChannel Open(CancellationToken cancel)
    {
        var link = new Link();
        _link = link;
        link.ToServer.Writer.TryWrite(new Hello(Wire.Version, "test", Description));
        _ = Task.Run(() => ListenAsync(link, cancel), cancel);
        return link;
    }

    /// <summary>Breaks the connection.</summary>
    public void Disconnect() => _link?.ToServer.Writer.TryComplete();

    public void Say(AgentMessage message) => _link!.ToServer.Writer.TryWrite(message);

    /// <summary>The container's process ends by itself.</summary>
    public void Kill(string containerName, long exitCode = 137)
    {
        ContainerStatus ended;
        lock (_lock)
        {
            var uuid = _assigned.Values.Single(a => a.Name == containerName).Uuid;
            ended = _containers[uuid] = _containers[uuid] with { State = SeenState.Exited, ExitCode = exitCode };
        }

        Say(new StatusReport([ended]));
    }

    /// <summary>Somebody removes the container on the engine.</summary>
    public void RemoveByHand(string containerName)
    {
        string uuid;
        lock (_lock)
        {
            uuid = _assigned.Values.Single(a => a.Name == containerName).Uuid;
            _containers.Remove(uuid);
        }

        Say(new StatusReport(Gone: [uuid]));
    }

    private async Task ListenAsync(Link link, CancellationToken cancel)
    {
        await foreach (var message in link.ToHost.Reader.ReadAllAsync(cancel))
        {
            Received.Enqueue(message);
            if (message is Assignments) _told.TrySetResult();
            switch (message)
            {
                case Welcome:
                    lock (_lock) link.ToServer.Writer.TryWrite(new Inventory([.. _containers.Values], []));
                    _welcomed.TrySetResult();
                    break;
                case Assignments assignments when !Frozen:
                    if (Do(assignments) is { } report) link.ToServer.Writer.TryWrite(report);
                    break;
            }
        }
    }

    private StatusReport? Do(Assignments assignments)
    {
        lock (_lock)
        {
            var news = new List<ContainerStatus>();
            var gone = new List<string>();
            if (assignments.Complete)
                foreach (var uuid in _assigned.Keys.Except(assignments.Containers.Items.Select(c => c.Uuid)).ToList()) Remove(uuid, gone);
            foreach (var uuid in assignments.RemovedContainers) Remove(uuid, gone);
            foreach (var container in assignments.Containers)
            {
                _assigned[container.Uuid] = container;
                if (container.Wanted == WantedState.Removed)
                {
                    _containers.Remove(container.Uuid);
                    news.Add(new ContainerStatus { Uuid = container.Uuid, State = SeenState.Removed, Generation = container.Generation });
                }
                else if (_containers.GetValueOrDefault(container.Uuid) is not { } known || known.Generation < container.Generation || known.Error is not null)
                {
                    news.Add(_containers[container.Uuid] = Reached(container));
                }
            }

            VolumeStatus[] volumes = [.. assignments.Volumes.Items.Select(v => new VolumeStatus(v.Name, v.Driver, $"/var/lib/docker/volumes/{v.Name}/_data"))];
            return news.Count + gone.Count + volumes.Length + assignments.RemovedVolumes.Count == 0 ? null
                : new StatusReport([.. news], [.. gone], [.. volumes], assignments.RemovedVolumes);
        }
    }

    private void Remove(string uuid, List<string> gone)
    {
        _assigned.Remove(uuid);
        if (_containers.Remove(uuid)) gone.Add(uuid);
    }

    private ContainerStatus Reached(ContainerAssignment container)
    {
        if (container.Wanted == WantedState.Running && Refuse?.Invoke(container) is { } refused) return refused;
        var before = _containers.GetValueOrDefault(container.Uuid);
        var runs = container.Wanted == WantedState.Running;
        return new ContainerStatus
        {
            Uuid = container.Uuid,
            State = runs ? SeenState.Running : before is { StartCount: > 0 } ? SeenState.Exited : SeenState.Created,
            Generation = container.Generation,
            RestartCount = container.RestartCount,
            EngineId = before?.EngineId ?? Guid.NewGuid().ToString("N"),
            StartCount = (before?.StartCount ?? 0) + (runs ? 1 : 0),
            StartedAt = runs ? DateTimeOffset.UnixEpoch : before?.StartedAt,
        };
    }

    /// <summary>Both directions of one connection; every message goes through the real encoding.</summary>
    private sealed class Link : IAgentChannel
    {
        public Channel<AgentMessage> ToServer { get; } = Channel.CreateUnbounded<AgentMessage>();

        public Channel<ServerMessage> ToHost { get; } = Channel.CreateUnbounded<ServerMessage>();

        public async Task<AgentMessage?> ReceiveAsync(CancellationToken cancel)
            => await ToServer.Reader.WaitToReadAsync(cancel) && ToServer.Reader.TryRead(out var message) ? Wire.DecodeAgent(Wire.Encode(message)) : null;

        public Task SendAsync(ServerMessage message, CancellationToken cancel)
        {
            ToHost.Writer.TryWrite(Wire.DecodeServer(Wire.Encode(message)));
            return Task.CompletedTask;
        }

        public Task CloseAsync()
        {
            ToHost.Writer.TryComplete();
            return Task.CompletedTask;
        }
    }
}
