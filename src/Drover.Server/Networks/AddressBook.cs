using Drover.Model.Containers;
using Drover.Model.Services;
using Drover.Store;

namespace Drover.Server.Networks;

/// <summary>Remembers addresses that were given back: for how long they rest, and which slot of a service had them. In memory only; a new server knows none, which costs no more than an early reuse.</summary>
public sealed class AddressBook(TimeProvider time)
{
    /// <summary>How long an address rests before another container gets it.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<(long Environment, string Address), DateTimeOffset> _resting = [];
    private readonly Queue<((long Environment, string Address) Key, DateTimeOffset Since)> _order = [];
    private readonly Dictionary<(long Service, string Name), string> _slots = [];

    /// <summary>Follows a store from now on.</summary>
    public IDisposable Follow(ResourceStore store)
        => store.Watch(commit =>
        {
            foreach (var change in commit.Changes) Note(change);
        }).Subscription;

    /// <summary>True where the address was given back a moment ago.</summary>
    public bool IsResting(long environmentId, string address)
    {
        lock (_lock) return _resting.TryGetValue((environmentId, address), out var since) && time.GetUtcNow() - since < Rest;
    }

    /// <summary>The address that the slot of a service had last; null where none is known.</summary>
    public string? LastOf(long serviceId, string name)
    {
        lock (_lock) return _slots.GetValueOrDefault((serviceId, name));
    }

    private void Note(Change change)
    {
        lock (_lock)
        {
            if (change is { After: null, Before.Wanted: Service gone }) Forget(gone.Id);
            if (change.Before?.Wanted is not Container { PrimaryIpAddress: { } address, AccountId: { } environment } before) return;
            if (change.After?.Wanted is Container { PrimaryIpAddress: { } now } && now == address) return;
            if (before is { ServiceId: { } service, Name: { } name }) _slots[(service, name)] = address;
            var since = time.GetUtcNow();
            _resting[(environment, address)] = since;
            _order.Enqueue(((environment, address), since));
            while (_order.TryPeek(out var oldest) && since - oldest.Since >= Rest)
            {
                _order.Dequeue();
                if (_resting.TryGetValue(oldest.Key, out var last) && last == oldest.Since) _resting.Remove(oldest.Key);
            }
        }
    }

    private void Forget(long serviceId)
    {
        foreach (var key in _slots.Keys.Where(k => k.Service == serviceId).ToList()) _slots.Remove(key);
    }
}
