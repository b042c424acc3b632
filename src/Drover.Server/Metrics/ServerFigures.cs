using Drover.Reconcile;
using Drover.Server.Hosts;
using Drover.Server.Processes;
using Drover.Store;

namespace Drover.Server.Metrics;

/// <summary>The few figures that tell how a server does; each is at hand without a walk over objects (OPS-13).</summary>
public sealed class ServerFigures(ResourceStore store, ControllerHost controllers, ProcessLedger processes, AgentSessions sessions)
{
    public IReadOnlyList<(string Path, double Value)> Now()
    {
        var view = store.Current;
        var queue = controllers.Figures;
        return
        [
            ("hosts", view.Count("host")),
            ("hosts.connected", sessions.Count),
            ("stacks", view.Count("stack")),
            ("services", view.Count("service")),
            ("containers", view.Count("instance")),
            ("processes.open", processes.Counts().Sum()),
            ("reconcile.ready", queue.Ready),
            ("reconcile.active", queue.Active),
            ("reconcile.delayed", queue.Delayed),
            ("reconcile.runs", controllers.Metrics.Runs),
            ("reconcile.defects", controllers.Metrics.Defects),
            ("store.revision", view.Revision),
            ("memory.bytes", Environment.WorkingSet),
            ("memory.managed.bytes", GC.GetTotalMemory(forceFullCollection: false)),
            ("cpu.seconds", Environment.CpuUsage.TotalTime.TotalSeconds),
        ];
    }
}
