using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Api.Subscribe;

/// <summary>Leads changes of the store to those who follow them; followers who see the same share one rendering.</summary>
public sealed class ChangeHub : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AudienceKey, Audience> _audiences = [];
    private readonly ResourceStore _store;
    private readonly KindPieces _pieces;
    private readonly EventWriter _events;
    private readonly IDisposable _watch;

    public ChangeHub(ResourceStore store, KindPieces pieces, EventWriter events)
    {
        (_store, _pieces, _events) = (store, pieces, events);
        _watch = store.Watch(Spread).Subscription;
    }

    /// <summary>Follows what the caller may read, from now on. Dispose the follower to stop.</summary>
    public Follower Follow(ApiCall call)
    {
        lock (_lock) return Join(call).Follower;
    }

    /// <summary>Lets a reader go on with other rights: what it has not seen yet is told again as they show it.</summary>
    /// <param name="from">The follower so far; it is disposed of.</param>
    /// <param name="before">The request as it was followed with.</param>
    /// <param name="after">The same with the caller of now.</param>
    public Follower Move(Follower from, ApiCall before, ApiCall after)
    {
        using (from)
            lock (_lock)
            {
                var (follower, audience) = Join(after);
                // In this order nothing falls between: what is no longer pending was offered.
                var pending = _audiences[AudienceKey.Of(before)].Pending();
                audience.Mark([.. from.TakeAll().Select(told => told.Entry).OfType<Entry>(), .. pending]);
                return follower;
            }
    }

    public void Dispose() => _watch.Dispose();

    private (Follower Follower, Audience Audience) Join(ApiCall call)
    {
        var key = AudienceKey.Of(call);
        if (!_audiences.TryGetValue(key, out var audience))
            _audiences[key] = audience = new Audience(call, _pieces, _events, () => _store.Current);
        var follower = new Follower(left => Leave(key, left));
        audience.Join(follower);
        return (follower, audience);
    }

    private void Spread(Commit commit)
    {
        var doubt = commit.Changes.Any(ChangesRights);
        lock (_lock)
        {
            foreach (var audience in _audiences.Values)
            {
                if (doubt) audience.Doubt();
                audience.Mark(commit);
            }
        }
    }

    /// <summary>True for changes after which somebody may be allowed less: of keys, accounts, members, settings.</summary>
    private static bool ChangesRights(Change change)
        => change.Before is { } before && change.Entry.Kind.Family is "credential" or "account" or "projectMember" or "setting" or "authToken"
            && (change.After is not { } after || after.WantedRevision != before.WantedRevision || after.State != before.State);

    private void Leave(AudienceKey key, Follower follower)
    {
        lock (_lock)
            if (_audiences.TryGetValue(key, out var audience) && audience.Leave(follower))
                _audiences.Remove(key);
    }
}
