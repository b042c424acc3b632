using System.Collections.Immutable;
using Drover.Agent;
using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Simulator.Hosts;

/// <content>What happens to containers, by the engine, by themselves and by hand.</content>
public sealed partial class FakeRuntime
{
    /// <summary>What stands on the engine, whether it answers or not.</summary>
    public ImmutableArray<ContainerStatus> Containers
    {
        get
        {
            lock (_lock) return [.. _containers.Values.Select(container => container.Status())];
        }
    }

    /// <summary>What the engine has of this container; null for nothing.</summary>
    public ContainerStatus? Find(string uuid, bool byHand = false)
        => Containers.FirstOrDefault(status => status.Uuid == uuid && status.Imported is not null == byHand);

    /// <summary>The environment variables of a container of ours; none where it is not there.</summary>
    public EquatableMap<string> EnvironmentOf(string uuid)
    {
        lock (_lock) return _containers.Values.FirstOrDefault(container => container.Uuid == uuid && !container.ByHand)?.Environment ?? default;
    }

    /// <summary>The engine goes away. Its containers go on (`live-restore`) or are stopped with it.</summary>
    public void GoDown(bool containersGoOn = false)
    {
        lock (_lock)
        {
            if (!containersGoOn)
            {
                foreach (var container in _containers.Values.Where(container => container.State == SeenState.Running)) End(container, 137);
            }

            _down = true;
            foreach (var listener in _listeners) listener.Writer.Complete();
        }
    }

    /// <summary>The engine is back; what was not running is not running.</summary>
    public void ComeUp()
    {
        lock (_lock) _down = false;
    }

    /// <summary>The first process of a container ends by itself.</summary>
    public void Crash(string uuid, long exitCode = 1)
    {
        lock (_lock) End(OfUuid(uuid), exitCode);
    }

    /// <summary>Somebody says `docker stop`.</summary>
    public void StopByHand(string uuid)
    {
        lock (_lock)
        {
            Emit(OfUuid(uuid), "kill");
            End(OfUuid(uuid), 0);
            Emit(OfUuid(uuid), "stop");
        }
    }

    /// <summary>Somebody says `docker start`.</summary>
    public void StartByHand(string uuid)
    {
        lock (_lock) Begin(OfUuid(uuid));
    }

    /// <summary>Somebody says `docker rm -f`.</summary>
    public void RemoveByHand(string uuid)
    {
        lock (_lock)
        {
            var container = OfUuid(uuid);
            Emit(container, "kill");
            if (container.State == SeenState.Running) End(container, 137);
            _containers.Remove(container.Id);
            Emit(container, "destroy");
        }
    }

    /// <summary>Somebody says `docker create` or `docker run`. Returns the uuid that follows from the engine's id.</summary>
    public string RunByHand(string name, string image, bool start = true)
    {
        lock (_lock)
        {
            var id = NextId();
            var container = new FakeContainer(id, "by-hand-" + id[..12], name, image) { ByHand = true, Created = time.GetUtcNow() };
            _images.Add(image);
            _containers[id] = container;
            Emit(container, "create");
            if (start) Begin(container);
            return container.Uuid;
        }
    }

    private FakeContainer OfUuid(string uuid) => _containers.Values.First(container => container.Uuid == uuid);

    private string Add(FakeContainer container)
    {
        _containers[container.Id] = container;
        Note("create", container.Uuid);
        Emit(container, "create");
        return container.Id;
    }

    private bool Start(FakeContainer container)
    {
        if (container.State == SeenState.Running) return true;
        if (Behaviour.Of(container.Image).StartError is { } refusal) throw new RuntimeException(RuntimeFailure.Failed, refusal);
        if (container.NetworkFrom is { } from && _containers.GetValueOrDefault(from)?.State != SeenState.Running)
            throw new RuntimeException(RuntimeFailure.Conflict, $"cannot join network of a non running container: {from}");
        if (_containers.Values.Where(other => other.State == SeenState.Running).SelectMany(other => other.Ports).Intersect(container.Ports).FirstOrDefault() is { } port)
            throw new RuntimeException(RuntimeFailure.Conflict, $"Bind for 0.0.0.0:{port} failed: port is already allocated");
        Note("start", container.Uuid);
        Begin(container);
        return true;
    }

    private bool Stop(FakeContainer container, long exitCode)
    {
        if (container.State != SeenState.Running) return true;
        Note("stop", container.Uuid);
        End(container, exitCode);
        Emit(container, "stop");
        return true;
    }

    private void Begin(FakeContainer container)
    {
        container.State = SeenState.Running;
        container.StartedAt = time.GetUtcNow();
        var run = ++container.Run;
        Emit(container, "start");
        if (Behaviour.Of(container.Image) is not { RunsFor: { } length } of) return;
        ITimer? timer = null;
        timer = time.CreateTimer(_ =>
        {
            timer?.Dispose();
            lock (_lock)
            {
                if (container.Run == run && container.State == SeenState.Running) End(container, of.ExitCode);
            }
        }, null, length, Timeout.InfiniteTimeSpan);
    }

    private void End(FakeContainer container, long exitCode)
    {
        container.State = SeenState.Exited;
        container.ExitCode = exitCode;
        container.FinishedAt = time.GetUtcNow();
        Emit(container, "die");
    }

    private void Emit(FakeContainer container, string action)
    {
        lock (_lock)
        {
            foreach (var listener in _listeners) listener.Writer.TryWrite(new RuntimeEvent(container.Id, action));
        }
    }
}
