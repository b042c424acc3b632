using Drover.Model.Metadata;
using Drover.Protocol;

namespace Drover.Server.Hosts;

/// <summary>What a host is told of its environment beside its containers: addresses, names, networks.</summary>
public interface IHostProjection
{
    /// <summary>Opens a feed for one session of a host.</summary>
    /// <param name="hostId">The host's number.</param>
    /// <param name="changed">Called, from any thread and quickly, when there is something new to take.</param>
    IHostFeed Open(long hostId, Action changed);
}

/// <summary>What one session of a host was told so far, and what is new since.</summary>
public interface IHostFeed : IDisposable
{
    /// <summary>Everything, or what changed since the last call; null parts where there is nothing.</summary>
    HostNews Take(bool complete);

    /// <summary>How many sessions are told the same, as of the last call of <see cref="Take"/>.</summary>
    int Listeners => 1;
}

/// <summary>News for a host.</summary>
/// <param name="Network">The managed network on the host; null where it has none or nothing changed.</param>
/// <param name="Environment">Names and addresses; null where nothing changed.</param>
public sealed record HostNews(NetworkAssignment? Network, EnvironmentDelta? Environment)
{
    public static HostNews None { get; } = new(null, null);
}
