using System.Collections.Immutable;
using Drover.Model.Services;
using Drover.Reconcile;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Closes open links when their target appears and drops links to services that are gone (SVC-22).</summary>
public sealed class LinkReconciler(ResourceStore store, LinkIndex index) : Reconciler
{
    /// <inheritdoc/>
    public override ImmutableArray<Source> Reads => [Source.Of<Service>((change, _) => TouchedBy(change))];

    /// <inheritdoc/>
    public override ImmutableArray<string> Writes => ["service.links", "service.openLinks"];

    /// <inheritdoc/>
    public override IEnumerable<long> KeysAtStart(Snapshot snapshot)
        => snapshot.All<Service>().Where(s => ((Service)s.Wanted) is { Links.Count: > 0 } or { OpenLinks.Count: > 0 }).Select(s => s.Id);

    /// <inheritdoc/>
    public override async Task<Outcome> ReconcileAsync(long key, CancellationToken cancel)
    {
        if (store.Current.Get<Service>(key) is { } service && ServiceLinks.Resolved(store.Current, service) != service)
        {
            await store.WriteAsync(
                tx =>
                {
                    if (tx.View.Get<Service>(key) is { } now && ServiceLinks.Resolved(tx.View, now) is var next && next != now) tx.Put(next);
                },
                cancel).ConfigureAwait(false);
        }

        return Outcome.Settled;
    }

    private ImmutableHashSet<long> TouchedBy(Change change)
    {
        if (change.Before?.WantedRevision == change.After?.WantedRevision) return [];
        var service = (Service)change.Entry.Wanted;
        var renamed = (change.Before?.Wanted as Service)?.Name != (change.After?.Wanted as Service)?.Name;
        var touched = renamed && service is { Name: { } name, AccountId: { } environment } ? index.WaitingFor(environment, name) : [];
        if (service.OpenLinks.Count > 0 || (change.Before?.Wanted as Service)?.Links != service.Links) touched = touched.Add(service.Id);
        if (service.ReplacesServiceId is { } old) touched = touched.Union(index.ConsumersOf(old)).Union(index.ConsumersOf(service.Id));
        if (service.Upgrade?.ToServiceStrategy?.ToServiceId is { } next) touched = touched.Union(index.ConsumersOf(next)).Union(index.ConsumersOf(service.Id));
        return change.After is null || service.RemoveRequested ? touched.Union(index.ConsumersOf(service.Id)) : touched;
    }
}
