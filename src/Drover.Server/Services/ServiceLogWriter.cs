using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Model.ServiceLogs;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Writes what is done to a service into its log, in the write that does it (SVC-47).</summary>
/// <param name="tx">The write.</param>
/// <param name="service">The service.</param>
/// <param name="transaction">Groups what was done together.</param>
internal sealed class ServiceLogWriter(WriteTx tx, Resource service, string transaction)
{
    public void Write(ServiceChange change)
    {
        switch (change)
        {
            case ServiceChange.Create create:
                Write("service.instance.create", $"Creating {(create.Unit is null ? "unit" : "what is missing of unit")} {create.Index}", null);
                break;
            case ServiceChange.Retire retire:
                Write("service.instance.delete", $"Removing {NameOf(retire.ContainerId)}: {retire.Reason}", retire.ContainerId);
                break;
            case ServiceChange.TakePorts take:
                Write("service.update.info", $"Public ports: {string.Join(", ", take.Ports.Select(port => $"{port.Value} for {port.Key}"))}", null);
                break;
            case ServiceChange.Start start:
                Write("service.instance.start", $"Starting {NameOf(start.ContainerId)}", start.ContainerId);
                break;
            case ServiceChange.Stop stop:
                Write("service.instance.stop", $"Stopping {NameOf(stop.ContainerId)}: the service is not to run", stop.ContainerId);
                break;
            case ServiceChange.SetAside aside:
                Write("mark.upgrade", $"Stopping {NameOf(aside.ContainerId)}: the upgrade replaces it", aside.ContainerId);
                break;
            case ServiceChange.Restore restore:
                Write("service.instance.start", $"Taking {NameOf(restore.ContainerId)} back", restore.ContainerId);
                break;
            case ServiceChange.Shift shift:
                Write("service.update", $"Scaling to {shift.Scale}; the service it moves to, to {shift.ToScale}", null);
                break;
            case ServiceChange.Restart restart:
                Write("service.instance.restart", $"Restarting {NameOf(restart.ContainerId)}", restart.ContainerId);
                break;
        }
    }

    private void Write(string eventType, string description, long? instanceId) => tx.Create(new ServiceLog
    {
        AccountId = service.AccountId,
        ServiceId = service.Id,
        InstanceId = instanceId,
        EventType = eventType,
        Description = description,
        Level = "info",
        SubLog = true,
        TransactionId = transaction,
        EndTime = tx.Now,
    });

    private string NameOf(long containerId) => tx.View.Get<Container>(containerId)?.Name ?? "a container";
}
