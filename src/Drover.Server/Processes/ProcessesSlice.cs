using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Server.Clusters;
using Drover.Server.Containers;
using Drover.Server.Hosts;
using Drover.Server.Metrics;
using Drover.Server.Periodic;
using Microsoft.Extensions.Logging;

namespace Drover.Server.Processes;

/// <summary>What operators look at: processes, periodic work, what hosts were told, servers, figures. All of it is a view of what the server does.</summary>
internal static class ProcessesSlice
{
    public static void Register(ServerParts parts, Orchestrator orchestrator)
    {
        var (controllers, sessions) = (orchestrator.Controllers, orchestrator.Sessions);
        var ledger = new ProcessLedger(parts.Time);
        var book = new ProcessBook(ledger, parts.Time, parts.ServerId);
        parts.Pieces
            .Add(new ProcessRows(book)).Add(new ReplayProcess(book, entry => Wake(orchestrator, entry))).Add(new ExecutionRows(book))
            .Add(new ProcessSummaryRows(book)).Add(new ProcessPoolRows(controllers))
            .Add(new DefinitionRows(controllers.DriversOf)).Add(new ResourceDefinitionRows())
            .Add(new ConfigItemRows()).Add(new ConfigStatusRows(sessions));
        var started = parts.Time.GetUtcNow();
        parts.Pieces.Add(new ClusterMembers(() => [new ClusterMember(parts.ServerId, parts.Options.Listen, started, parts.Time.GetUtcNow(), Leads: true)]));
        parts.Repeat(new ProcessPurge(book, parts.Store));
        parts.Repeat(new GraphiteReport(parts.Store, new ServerFigures(parts.Store, controllers, ledger, sessions).Now, Environment.MachineName, parts.Time));
        parts.Run(new ProcessFollower(ledger, parts.Store));
        var runner = new PeriodicRunner(parts.Periodic, parts.Time, parts.Logs.CreateLogger<PeriodicRunner>());
        parts.Pieces.Add(new PeriodicWorkRows(runner)).Add(new PeriodicRunRows(runner, parts.ServerId)).Add(new ExecutePeriodicWork(runner));
        parts.Run(runner);
    }

    /// <summary>Has an object looked at now: by what drives it, by what places it, by its host.</summary>
    private static void Wake(Orchestrator orchestrator, Entry entry)
    {
        orchestrator.Controllers.Wake(entry.Kind, entry.Id);
        if (entry.Wanted is not Container container) return;
        if (container.HostId is { } host) orchestrator.Hub.Again(host, container.Id);
        else orchestrator.Controllers.Wake(nameof(PlacementReconciler), container.AccountId ?? 0);
    }
}
