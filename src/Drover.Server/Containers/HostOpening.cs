using Drover.Model.Hosts;
using Drover.Model.Kernel;

namespace Drover.Server.Containers;

/// <summary>Whether a host takes new containers (SCH-02).</summary>
public static class HostOpening
{
    /// <summary>The reason to follow the host's name, such as "is inactive"; null where it takes them.</summary>
    public static string? WhyClosed(Entry host)
        => host.IsRemoved || host.Wanted.RemoveRequested ? "is being removed"
            : host.State is not ("active" or "updating-active") ? $"is {host.State}"
            : host.Seen is HostSeen { AgentState: not (null or "active") and var agent } ? $"is {agent}"
            : null;
}
