using System.Collections.Immutable;
using Drover.Protocol;

namespace Drover.Server.Hosts;

/// <summary>A part of what a host is told in one session, by the numbers of the messages.</summary>
/// <param name="Name">One of <see cref="ToldParts.Names"/>.</param>
/// <param name="Told">The last message that held something of it.</param>
/// <param name="ToldAt">When that was put together.</param>
/// <param name="Taken">The last one of them that the agent is known to have taken; null for none.</param>
/// <param name="TakenAt">When that was heard.</param>
public sealed record ToldPart(string Name, long Told, DateTimeOffset ToldAt, long? Taken = null, DateTimeOffset? TakenAt = null);

/// <summary>What one session told its host, part by part, and how much the agent took: heartbeats say it, so it is known some seconds late.</summary>
public sealed class ToldParts
{
    private readonly Lock _lock = new();
    private ImmutableArray<ToldPart> _parts = [];

    /// <summary>The parts of an <see cref="Assignments"/>.</summary>
    public static ImmutableArray<string> Names { get; } = ["containers", "volumes", "network", "names"];

    /// <summary>The parts that were told so far, in the order of <see cref="Names"/>.</summary>
    public ImmutableArray<ToldPart> All
    {
        get { lock (_lock) return _parts; }
    }

    /// <summary>A message is on its way.</summary>
    public void Tell(Assignments message, DateTimeOffset now)
    {
        lock (_lock)
            _parts = [.. Names.Select(name => Holds(message, name) ? Told(name, message.Sequence, now) : Find(name)).OfType<ToldPart>()];
    }

    /// <summary>The agent has taken all messages up to a number.</summary>
    public void Took(long sequence, DateTimeOffset now)
    {
        lock (_lock)
            if (_parts.Any(part => part.Taken != Math.Min(part.Told, sequence)))
                _parts = [.. _parts.Select(part => sequence >= part.Told && part.Taken != part.Told ? part with { Taken = part.Told, TakenAt = now } : part)];
    }

    private ToldPart? Find(string name) => _parts.FirstOrDefault(part => part.Name == name);

    private ToldPart Told(string name, long sequence, DateTimeOffset now)
        => (Find(name) ?? new ToldPart(name, 0, now)) with { Told = sequence, ToldAt = now };

    private static bool Holds(Assignments message, string name) => message.Complete || name switch
    {
        "containers" => message.Containers.Count + message.RemovedContainers.Count > 0,
        "volumes" => message.Volumes.Count + message.RemovedVolumes.Count > 0,
        "network" => message.Network is not null,
        _ => message.Environment is not null,
    };
}
