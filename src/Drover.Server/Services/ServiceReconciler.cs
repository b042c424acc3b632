using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Hosts;
using Drover.Model.Kernel;
using Drover.Model.Services;
using Drover.Reconcile;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Keeps the containers of services at what is wanted and shows how far it is.</summary>
public sealed class ServiceReconciler(ResourceStore store, GlobalServices globals, IdSource ids, TimeProvider time) : Reconciler<Service>(store)
{
    /// <summary>The most changes made by one write, so that a large service keeps nobody waiting.</summary>
    private const int BatchSize = 200;

    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads =>
    [
        Source.Own<Service>(),
        Source.Of<Container>(c => c.ServiceId),
        Source.Of<Service>(s => s.ReplacesServiceId),
        Source.Of<Host>((change, _) => globals.TouchedBy(change)),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes =>
        ["service.seen", "service.createIndex", "service.publicPorts", "container.setAside", "container.launchConfigName", "container.serviceIndex", "container.createIndex", "container.serviceRestartCount", "container.deploymentUnitUuid", "container.serviceId"];

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (ServiceView.From(Store.Current, key) is not { } view) return Outcome.Settled;
        var plan = ServicePlanner.Plan(view, time.GetUtcNow());
        foreach (var batch in plan.Changes.Chunk(BatchSize))
            await Store.WriteAsync(tx => Apply(tx, view.Entry, batch), cancel).ConfigureAwait(false);
        if (!plan.Changes.IsEmpty)
        {
            if (ServiceView.From(Store.Current, key) is not { } after) return Outcome.Settled;
            (view, plan) = (after, ServicePlanner.Plan(after, time.GetUtcNow()));
        }

        if (NeedsWrite(view, plan, time.GetUtcNow())) await Store.WriteAsync(tx => Show(tx, key), cancel).ConfigureAwait(false);
        return new Outcome(plan.WakeAt);
    }

    private void Apply(WriteTx tx, Entry read, IReadOnlyList<ServiceChange> changes)
    {
        var log = new ServiceLogWriter(tx, read.Wanted, ids.NewUuid().ToString());
        if (ServiceView.From(tx.View, read.Id) is not { } view || view.Service.Generation != read.Wanted.Generation) throw new ConflictException("the service was changed meanwhile");
        var createIndex = view.Service.CreateIndex ?? 0;
        foreach (var change in changes)
        {
            log.Write(change);
            switch (change)
            {
                case ServiceChange.Create create:
                    if (create.Unit is null) createIndex++;
                    ServiceContainers.Create(tx, view, create, createIndex, ids.NewUuid().ToString());
                    break;
                case ServiceChange.TakePorts:
                    if (view.Ports.Take is { } ports) tx.Put(view.Service with { PublicPorts = ports });
                    break;
                case ServiceChange.Retire retire:
                    ContainerMoves.Remove(tx, retire.ContainerId);
                    break;
                case ServiceChange.Start start:
                    ContainerMoves.Start(tx, start.ContainerId);
                    break;
                case ServiceChange.Stop stop:
                    ContainerMoves.Stop(tx, stop.ContainerId);
                    break;
                case ServiceChange.Restart restart:
                    ContainerMoves.Restart(tx, restart.ContainerId);
                    tx.Put(tx.View.Get<Container>(restart.ContainerId)! with { ServiceRestartCount = restart.RestartCount });
                    break;
                case ServiceChange.SetAside aside:
                    ContainerMoves.Stop(tx, aside.ContainerId);
                    Mark(tx, aside.ContainerId, isSetAside: true);
                    break;
                case ServiceChange.Restore restore:
                    Mark(tx, restore.ContainerId, isSetAside: false);
                    if (restore.Starts) ContainerMoves.Start(tx, restore.ContainerId);
                    break;
                case ServiceChange.Shift shift:
                    ServiceMoves.Scale(tx, read.Id, shift.Scale);
                    if (shift.ToServiceId is { } to) ServiceMoves.Scale(tx, to, shift.ToScale);
                    break;
            }
        }

        if (createIndex != (view.Service.CreateIndex ?? 0)) tx.Put(tx.View.Get<Service>(read.Id)! with { CreateIndex = createIndex });
    }

    private static void Mark(WriteTx tx, long containerId, bool isSetAside)
    {
        if (tx.View.Get<Container>(containerId) is { } container && container.SetAside != isSetAside) tx.Put(container with { SetAside = isSetAside });
    }

    private static bool NeedsWrite(ServiceView view, ServicePlan plan, DateTimeOffset now)
        => ServiceStatus.Of(view, plan, now) != view.Seen || IsGone(view) || Follows(view.Service);

    private static void Show(WriteTx tx, long id)
    {
        if (ServiceView.From(tx.View, id) is not { } view) return;
        if (IsGone(view))
        {
            tx.PutSeen("service", id, view.Seen with { Generation = view.Service.Generation, State = "removed", Failed = false, TransitioningMessage = null, Why = null, Removed = tx.Now, RemoveTime = tx.Now + ContainerMoves.RemovedFor });
            tx.Bury("service", id);
            return;
        }

        if (Follows(view.Service)) tx.Put(view.Service with { State = "activating" });
        if (ServiceView.From(tx.View, id) is { } now) tx.PutSeen("service", id, ServiceStatus.Of(now, ServicePlanner.Plan(now, tx.Now), tx.Now));
    }

    private static bool IsGone(ServiceView view) => view.Service.RemoveRequested && view.Units.IsEmpty;

    // A service that starts when it is created goes on from registering to activating (SVC-51).
    private static bool Follows(Service service) => service is { State: "registering", Running: true, RemoveRequested: false };
}
