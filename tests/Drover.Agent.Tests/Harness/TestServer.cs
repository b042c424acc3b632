using Drover.Agent.Sessions;
using Drover.Model.Kernel;
using Drover.Model.Metadata;
using Drover.Protocol;

namespace Drover.Agent.Tests.Harness;

/// <summary>A server of a few lines: keeps what is wanted, sends it as the protocol says, and keeps what it is told.</summary>
internal sealed class TestServer
{
    private Conversation? _conversation;
    private long _sessions;

    public Dictionary<string, ContainerAssignment> Wanted { get; } = [];

    public Dictionary<string, VolumeAssignment> Volumes { get; } = [];

    public NetworkAssignment? Network { get; set; }

    /// <summary>What it was told of each container.</summary>
    public Dictionary<string, ContainerStatus> Seen { get; } = [];

    public Dictionary<string, VolumeStatus> SeenVolumes { get; } = [];

    public List<AgentMessage> Messages { get; } = [];

    public HostDescription? Host { get; private set; }

    /// <summary>A talk that failed is a fault of the test's server.</summary>
    public List<Task> Talks { get; } = [];

    public bool Up { get; set; } = true;

    /// <summary>Said in place of a welcome; null for none.</summary>
    public Refused? Refusal { get; set; }

    /// <summary>Sends rubbish in place of the next assignments.</summary>
    public string? Rubbish { get; set; }

    public int Inventories => Messages.OfType<Inventory>().Count();

    public int Completes { get; private set; }

    public bool Accept(ISessionConnection connection)
    {
        if (!Up) return false;
        Talks.Add(new Conversation(this, connection, ++_sessions).RunAsync());
        return true;
    }

    /// <summary>Wants these containers, and tells the host what changed.</summary>
    public void Want(params ContainerAssignment[] containers)
    {
        foreach (var container in containers) Wanted[container.Uuid] = container;
        _conversation?.Send(new Assignments(0, false, Containers: [.. containers]));
    }

    /// <summary>Changes one, under the next generation.</summary>
    public void Change(string uuid, Func<ContainerAssignment, ContainerAssignment> change)
        => Want(change(Wanted[uuid]) with { Generation = Wanted[uuid].Generation + 1 });

    public void Forget(params string[] uuids)
    {
        foreach (var uuid in uuids) Wanted.Remove(uuid);
        _conversation?.Send(new Assignments(0, false, RemovedContainers: [.. uuids]));
    }

    public void Tell(Assignments increment) => _conversation?.Send(increment);

    public void GoDown()
    {
        Up = false;
        _conversation?.Close();
    }

    private sealed class Conversation(TestServer server, ISessionConnection connection, long session)
    {
        private long _sequence;
        private bool _open;

        public async Task RunAsync()
        {
            try
            {
                await TalkAsync();
            }
            catch (SessionException)
            {
                // the agent is gone
            }

            await connection.DisposeAsync();
        }

        public void Send(Assignments message)
        {
            if (_open) _ = SendAsync(message with { Sequence = ++_sequence });
        }

        public void Close() => _ = connection.DisposeAsync().AsTask();

        private async Task TalkAsync()
        {
            if (await connection.ReceiveAsync(default) is not { } first || Wire.DecodeAgent(first) is not Hello hello) return;
            server.Host = hello.Host;
            server.Messages.Add(hello);
            if (server.Refusal is { } refusal)
            {
                await connection.SendAsync(Wire.Encode(refusal), default);
                return;
            }

            server._conversation?.Close();
            server._conversation = this;
            await connection.SendAsync(Wire.Encode(new Welcome(Wire.Version, session, "1h1", 5)), default);
            _open = true;
            await SendCompleteAsync();
            while (await connection.ReceiveAsync(default) is { } frame) await TakeAsync(Wire.DecodeAgent(frame));
            _open = false;
        }

        private async Task TakeAsync(AgentMessage message)
        {
            server.Messages.Add(message);
            switch (message)
            {
                case NeedComplete:
                    await SendCompleteAsync();
                    break;
                case Inventory inventory:
                    server.Seen.Clear();
                    server.SeenVolumes.Clear();
                    Note(inventory.Containers, inventory.Volumes);
                    break;
                case StatusReport report:
                    Note(report.Containers, report.Volumes);
                    foreach (var uuid in report.Gone) server.Seen.Remove(uuid);
                    foreach (var name in report.GoneVolumes) server.SeenVolumes.Remove(name);
                    server.Host = report.Host ?? server.Host;
                    break;
            }
        }

        private void Note(EquatableArray<ContainerStatus> containers, EquatableArray<VolumeStatus> volumes)
        {
            foreach (var status in containers) server.Seen[status.Uuid] = status;
            foreach (var volume in volumes) server.SeenVolumes[volume.Name] = volume;
        }

        private async Task SendCompleteAsync()
        {
            server.Completes++;
            await SendAsync(new Assignments(++_sequence, true, [.. server.Wanted.Values], default, [.. server.Volumes.Values], Network: server.Network, Environment: new EnvironmentDelta(true, "Default")));
        }

        private async Task SendAsync(Assignments message)
        {
            var frame = server.Rubbish is { } rubbish ? System.Text.Encoding.UTF8.GetBytes(rubbish) : Wire.Encode(message);
            server.Rubbish = null;
            try
            {
                await connection.SendAsync(frame, default);
            }
            catch (SessionException)
            {
                _open = false;
            }
        }
    }
}
