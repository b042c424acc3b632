using System.Security.Cryptography;
using System.Text;
using Drover.Agent;
using Drover.Agent.Sessions;
using Drover.Model.Kernel;
using Drover.Protocol;
using Drover.Simulator.Hosts;

namespace Drover.Simulator.Load;

/// <summary>One host that is not there: the real agent on a <see cref="FakeRuntime"/>, its state in memory.</summary>
public sealed class SimulatedHost(string name, FakeBehaviour behaviour, AgentSurroundings around)
{
    public string Name => name;

    public FakeRuntime Runtime { get; } = new(behaviour, around.Time, name);

    /// <summary>The same name is the same host, run after run.</summary>
    public string Uuid { get; } = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)).ToString();

    /// <summary>What it says of itself.</summary>
    public HostDescription Describe(HostDescription? engine)
        => (engine ?? new HostDescription { Uuid = Uuid, Hostname = name, EngineUp = false }) with { Uuid = Uuid, Hostname = name, AgentIp = Address, Labels = EquatableMap.Of(("drover.simulated", "true")) };

    /// <summary>An address of the range that is set aside for tests of networks.</summary>
    private string Address
    {
        get
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
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
                Transport = transport,
                State = new MemoryState(),
                Environment = around.Environment,
                Time = around.Time,
                Jitter = around.Jitter,
                Loggers = around.Loggers,
                Timings = around.Timings,
                EndsWhenRefused = true,
            },
            Describe);
        return await agent.RunAsync(cancel);
    }
}
