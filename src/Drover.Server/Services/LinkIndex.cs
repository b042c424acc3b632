using System.Collections.Immutable;
using Drover.Model.Services;
using Drover.Store;

namespace Drover.Server.Services;

/// <summary>Who links to whom, backwards: from a service to those that link to it, and from a name to those that wait for it.</summary>
public sealed class LinkIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, ImmutableHashSet<long>> _consumers = [];
    private readonly Dictionary<(long Environment, string Service), ImmutableHashSet<long>> _waiting = [];

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

    /// <summary>The services that link to one.</summary>
    public ImmutableHashSet<long> ConsumersOf(long serviceId)
    {
        lock (_lock) return _consumers.GetValueOrDefault(serviceId, []);
    }

    /// <summary>The services with an open link to a service of this name, whatever its stack.</summary>
    public ImmutableHashSet<long> WaitingFor(long environment, string service)
    {
        lock (_lock) return _waiting.GetValueOrDefault((environment, service.ToLowerInvariant()), []);
    }

    /// <summary>The service part of an open link, "stack/service" or "service".</summary>
    public static string ServiceOf(string openLink) => openLink[(openLink.LastIndexOf('/') + 1)..];

    private void Apply(Change change)
    {
        if (change.Entry.Wanted is not Service || change.Before?.WantedRevision == change.After?.WantedRevision) return;
        lock (_lock)
        {
            if (change.Before?.Wanted is Service before) Each(before, change.Entry.Id, (set, id) => set.Remove(id));
            if (change.After?.Wanted is Service after) Each(after, change.Entry.Id, (set, id) => set.Add(id));
        }
    }

    private void Each(Service service, long id, Func<ImmutableHashSet<long>, long, ImmutableHashSet<long>> apply)
    {
        foreach (var target in service.Links.Items.Values) Set(_consumers, target);
        foreach (var open in service.OpenLinks.Items.Values) Set(_waiting, (service.AccountId ?? 0, ServiceOf(open).ToLowerInvariant()));

        void Set<TKey>(Dictionary<TKey, ImmutableHashSet<long>> sets, TKey key)
            where TKey : notnull
        {
            var next = apply(sets.GetValueOrDefault(key, []), id);
            if (next.IsEmpty) sets.Remove(key);
            else sets[key] = next;
        }
    }
}
