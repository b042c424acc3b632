using Drover.Model.Kernel;
using Drover.Protocol;

namespace Drover.Agent.Sessions;

/// <summary>Hears what the server says. Calls come from any thread, in order.</summary>
internal interface ISessionListener
{
    /// <summary>What the host says of itself when a session opens.</summary>
    HostDescription Host { get; }

    /// <summary>The purposes of streams that it serves.</summary>
    EquatableArray<string> Streams { get; }

    /// <summary>The number of the last assignments that were taken in the open session; 0 for none.</summary>
    long Assigned { get; }

    void Opened(Welcome welcome);

    void Received(Assignments message);

    void Received(OpenStream order);

    void Received(CloseStream over);

    /// <summary>A session ended, or none could be opened.</summary>
    void Closed(string reason);
}
