using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Processes;

/// <summary>Where a process stands, in the words of 1.6's pages.</summary>
public enum ProcessStanding
{
    /// <summary>The server or a host works on it.</summary>
    Running,

    /// <summary>It goes on as soon as something else happens: a host comes back, room is freed.</summary>
    Ready,

    /// <summary>It is tried again at a time that is known.</summary>
    Delayed,
}

/// <summary>Judges where the process of an object stands. Reads no clock, no store.</summary>
public static class Standing
{
    public static ProcessStanding Of(Snapshot view, Entry entry, DateTimeOffset now)
        => entry.Seen.Why is { NextTry: { } next } && next > now ? ProcessStanding.Delayed
            : WaitsForOthers(view, entry) ? ProcessStanding.Ready
            : ProcessStanding.Running;

    private static bool WaitsForOthers(Snapshot view, Entry entry) => entry.Wanted switch
    {
        Container { HostId: { } host } => view.Find<Host>(host) is { Seen: HostSeen { AgentState: not "active" } },
        Container => entry.Seen.Why is not null,
        Host => entry.Seen is HostSeen { Why: not null },
        _ => entry.Seen is { Failed: true, Why: not null },
    };
}
