using Drover.Agent.Sessions;

namespace Drover.Simulator.Links;

/// <summary>Connects an agent to a server in the same process.</summary>
/// <param name="time">Delays frames.</param>
/// <param name="accept">Gets the server's end of each new connection; returns false where no server listens.</param>
public sealed class MemoryTransport(TimeProvider time, Func<ISessionConnection, bool> accept) : ISessionTransport
{
    /// <summary>How connections opened from now on behave.</summary>
    public LinkWeather Weather { get; set; } = LinkWeather.Fair;

    /// <summary>The newest connection; null before the first.</summary>
    public MemoryLink? Link { get; private set; }

    /// <summary>False while the server cannot be reached.</summary>
    public bool Reachable { get; set; } = true;

    public Task<ISessionConnection> ConnectAsync(CancellationToken cancel)
    {
        if (!Reachable) return Task.FromException<ISessionConnection>(new SessionException("The server cannot be reached"));
        var link = MemoryLink.Open(time, Weather);
        if (!accept(link.Server)) return Task.FromException<ISessionConnection>(new SessionException("No server listens"));
        Link = link;
        return Task.FromResult(link.Agent);
    }
}
