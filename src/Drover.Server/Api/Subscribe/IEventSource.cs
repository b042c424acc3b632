using Drover.Server.Api.Calls;

namespace Drover.Server.Api.Subscribe;

/// <summary>Events beside changes of resources, for those who subscribe to their name.</summary>
public interface IEventSource
{
    /// <summary>The name of the events.</summary>
    string Event { get; }

    /// <summary>
    /// Offers events to one follower until it is cancelled; returns at once where there are none for this caller. For callers whose
    /// rights do not change while they listen: a reader with other rights goes on with another follower.
    /// </summary>
    Task RunAsync(ApiCall call, Follower follower, CancellationToken cancel);
}
