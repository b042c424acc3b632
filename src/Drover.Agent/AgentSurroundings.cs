using System.Collections.Immutable;
using Drover.Agent.Hooks;
using Drover.Agent.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Agent;

/// <summary>What an agent process brings beside its runtime.</summary>
public sealed record AgentSurroundings
{
    /// <summary>Run after the agent's own hooks, in this order.</summary>
    public ImmutableArray<IInstanceHook> Hooks { get; init; } = [];

    /// <inheritdoc cref="AgentParts.Environment"/>
    public ImmutableArray<IEnvironmentListener> Environment { get; init; } = [];

    /// <inheritdoc cref="AgentParts.Streams"/>
    public IHostStreams? Streams { get; init; }

    public required TimeProvider Time { get; init; }

    public required Random Jitter { get; init; }

    /// <summary>Makes the host's uuid, once.</summary>
    public required Func<string> NewUuid { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Brings proxy and TLS settings; null for the process's own.</summary>
    public HttpMessageHandler? Http { get; init; }

    public AgentTimings Timings { get; init; } = new();
}

/// <summary>How an agent process ends.</summary>
public static class AgentExit
{
    /// <summary>It was told to.</summary>
    public const int Stopped = 0;

    /// <summary>It cannot start: bad arguments, no token, another agent on the same folder.</summary>
    public const int Unusable = 2;

    /// <summary>The server refuses the registration.</summary>
    public const int Refused = 3;
}
