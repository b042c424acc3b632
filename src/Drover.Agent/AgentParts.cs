using System.Collections.Immutable;
using Drover.Agent.Hooks;
using Drover.Agent.Sessions;
using Drover.Agent.State;
using Drover.Agent.Streams;
using Drover.Model.Metadata;
using Drover.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Agent;

/// <summary>What an agent is put together from.</summary>
public sealed record AgentParts
{
    public required IHostRuntime Runtime { get; init; }

    /// <summary>Where it is an <see cref="IStreamTransport"/> too, streams are served.</summary>
    public required ISessionTransport Transport { get; init; }

    /// <summary>What people may look into; null serves no streams.</summary>
    public IHostStreams? Streams { get; init; }

    public required ILocalState State { get; init; }

    /// <summary>Run in this order before and after each step.</summary>
    public ImmutableArray<IInstanceHook> Hooks { get; init; } = [new VolumesHook(), new NetworkHook()];

    /// <summary>Hears what containers of this host may learn by name: the DNS and metadata servers.</summary>
    public ImmutableArray<IEnvironmentListener> Environment { get; init; } = [];

    public required TimeProvider Time { get; init; }

    /// <summary>Spreads the returns of many agents to a server; used from one thread at a time.</summary>
    public required Random Jitter { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public AgentTimings Timings { get; init; } = new();

    /// <summary>True where the agent ends once its server refuses it for good, such as to join again; else it keeps the host alive and asks now and then.</summary>
    public bool EndsWhenRefused { get; init; }

    /// <summary>The agent's release, told to the server.</summary>
    public string Version { get; init; } = "0.1.0";
}

/// <summary>Waits of an agent.</summary>
public sealed record AgentTimings
{
    /// <summary>Statuses are gathered for so long before they are sent.</summary>
    public TimeSpan Batch { get; init; } = TimeSpan.FromMilliseconds(120);

    /// <summary>All of the engine is looked at this often, events or none (CTR-35).</summary>
    public TimeSpan Relist { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A fresh agent waits so long for its server's word before it goes by what it kept on disk.</summary>
    public TimeSpan FirstWord { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A volume that could not be made or removed is tried again after this.</summary>
    public TimeSpan VolumeRetry { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Hears what containers of this host may learn by name.</summary>
public interface IEnvironmentListener
{
    /// <summary>The newest view. Called by the agent's loop: must return soon and not throw.</summary>
    /// <param name="view">All that is known.</param>
    /// <param name="since">What leads to it from the view of the call before; null where that is not known.</param>
    /// <param name="network">The managed network on this host; null where it has none.</param>
    void Changed(EnvironmentView view, EnvironmentDelta? since, NetworkAssignment? network);
}
