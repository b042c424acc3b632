using System.Security.Cryptography;
using System.Text;
using Drover.Agent;
using Drover.Agent.Sessions;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Simulator.Load;

/// <summary>One host that is not there: the real agent on a <see cref="FakeRuntime"/>, its state in memory.</summary>
public sealed class SimulatedHost
{
    private readonly AgentSurroundings _around;

    /// <param name="name">The host's name.</param>
    /// <param name="behaviour">How its engine behaves.</param>
    /// <param name="around">Time, ids, logs.</param>
    public SimulatedHost(string name, FakeBehaviour behaviour, AgentSurroundings around)
    {
        (Name, _around) = (name, around);
        Uuid = new Guid(Hash().AsSpan(0, 16)).ToString();
        Runtime = new FakeRuntime(behaviour, around.Time, name);
        Streams = new FakeStreams(Runtime, around.Time);
    }

    public string Name { get; }

    public FakeRuntime Runtime { get; }

    public FakeStreams Streams { get; }

    /// <summary>The same name is the same host, run after run.</summary>
    public string Uuid { get; }

    /// <summary>What it says of itself.</summary>
    public HostDescription Describe(HostDescription? engine)
        => (engine ?? new HostDescription { Uuid = Uuid, Hostname = Name, EngineUp = false }) with { Uuid = Uuid, Hostname = Name, AgentIp = Address, Labels = EquatableMap.Of(("drover.simulated", "true")) };

    /// <summary>An address of the range that is set aside for tests of networks.</summary>
    private string Address
    {
        get
        {
            var hash = Hash();
            return $"198.{18 + (hash[0] & 1)}.{hash[1]}.{hash[2]}";
        }
    }

    /// <summary>Runs its agent until cancelled; returns why, where the server does not want it.</summary>
    public async Task<string> RunAsync(ISessionTransport transport, CancellationToken cancel)
    {
        using var agent = new HostAgent(
            new AgentParts
            {
                Runtime = Runtime,
                Streams = Streams,
                Transport = transport,
                State = new MemoryState(),
                Environment = _around.Environment,
                Time = _around.Time,
                Jitter = _around.Jitter,
                Loggers = _around.Loggers,
                Timings = _around.Timings,
                EndsWhenRefused = true,
            },
            Describe);
        return await agent.RunAsync(cancel);
    }

    private byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Name));
}
