using System.Collections.Immutable;
using Drover.Model.Hosts;
using Drover.Model.Services;
using Drover.Server.Containers;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Which services run on every host, by environment, so that a host's change wakes those and no others.</summary>
public sealed class GlobalServices
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<long, ImmutableHashSet<long>> _byEnvironment = ImmutableDictionary<long, ImmutableHashSet<long>>.Empty;

    /// <summary>Follows a store from now on.</summary>
    public IDisposable Follow(ResourceStore store)
    {
        lock (_lock)
        {
            var (snapshot, subscription) = store.Watch(commit =>
            {
                foreach (var change in commit.Changes) Apply(change);
            });
            foreach (var service in snapshot.All<Service>()) Apply(new Change(null, service));
            return subscription;
        }
    }

    /// <summary>The services that a host's change may concern: none where it only says again what it said before.</summary>
    public IEnumerable<long> TouchedBy(Change change)
        => Same(change) ? [] : _byEnvironment.GetValueOrDefault(change.Entry.Wanted.AccountId ?? 0, []);

    private static bool Same(Change change)
        => change is { Before: { Wanted: Host before }, After: { Wanted: Host after } }
            && before.Labels == after.Labels
            && change.Before.IsRemoved == change.After.IsRemoved
            && before.RemoveRequested == after.RemoveRequested
            && HostOpening.WhyClosed(change.Before) == HostOpening.WhyClosed(change.After);

    private void Apply(Change change)
    {
        if (change.Entry.Wanted is not Service { AccountId: { } environment } service) return;
        var isGlobal = change.After is { IsRemoved: false } && service.LaunchConfig?.Labels.IsTrue(ContainerLabels.Global) == true;
        lock (_lock)
        {
            var services = _byEnvironment.GetValueOrDefault(environment, []);
            var next = isGlobal ? services.Add(service.Id) : services.Remove(service.Id);
            if (!ReferenceEquals(next, services)) _byEnvironment = _byEnvironment.SetItem(environment, next);
        }
    }
}
