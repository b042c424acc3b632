using Drover.Model.Kernel;
using Drover.Server.Api.Calls;
using Drover.Server.Api.Seams;
using Drover.Store;

namespace Drover.Server.Api.Subscribe;

/// <summary>Followers who see the same: a set of changed objects, rendered once in their newest state and handed to each.</summary>
internal sealed class Audience(ApiCall call, KindPieces pieces, EventWriter events, Func<Snapshot> current)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Follower> _followers = [];
    private Dictionary<(string Family, long Id), Entry> _dirty = [];
    private Dictionary<(string Family, long Id), Entry> _changing = [];
    private bool _rendering;

    public void Join(Follower follower)
    {
        lock (_lock) _followers.Add(follower);
    }

    /// <summary>True where nobody is left.</summary>
    public bool Leave(Follower follower)
    {
        lock (_lock) return _followers.Remove(follower) && _followers.Count == 0;
    }

    /// <summary>Makes every follower ask again whether it may read.</summary>
    public void Doubt()
    {
        lock (_lock)
            foreach (var follower in _followers)
                follower.Doubt();
    }

    /// <summary>What changed and is not told to the followers yet.</summary>
    public IReadOnlyCollection<Entry> Pending()
    {
        lock (_lock) return [.. _changing.Values, .. _dirty.Values];
    }

    /// <summary>Notes what changed; runs inside the commit, so it only marks.</summary>
    public void Mark(Commit commit)
    {
        lock (_lock)
        {
            foreach (var change in commit.Changes)
                if (IsVisible(change.Entry) || (change.Before is { } before && IsVisible(before)))
                    Mark(change.Entry);
            Wake();
        }
    }

    /// <summary>Tells of objects once more.</summary>
    public void Mark(IReadOnlyCollection<Entry> entries)
    {
        lock (_lock)
        {
            foreach (var entry in entries) Mark(entry);
            Wake();
        }
    }

    private void Mark(Entry entry) => _dirty[(entry.Kind.Family, entry.Id)] = entry;

    private void Wake()
    {
        if (_dirty.Count == 0 || _rendering) return;
        _rendering = true;
        ThreadPool.UnsafeQueueUserWorkItem(static audience => audience.Render(), this, preferLocal: false);
    }

    private bool IsVisible(Entry entry)
        => call.Caller.Reads(entry) && call.Catalog.Shown(entry.Kind) is not null && pieces.Shows(call.Caller, entry);

    private void Render()
    {
        while (true)
        {
            Dictionary<(string Family, long Id), Entry> changed;
            Follower[] followers;
            lock (_lock)
            {
                (changed, _dirty) = (_dirty, []);
                _changing = changed;
                _rendering = changed.Count > 0;
                if (!_rendering) return;
                followers = [.. _followers];
            }

            var now = call.At(current());
            foreach (var (key, last) in changed)
                if (Newest(now, key, last) is { } entry && events.Change(now, entry) is { } message)
                    foreach (var follower in followers)
                        follower.Offer(key, new Told(last, message));
        }
    }

    /// <summary>The newest form that may be told; null for objects on their way out that are not removed yet.</summary>
    private Entry? Newest(ApiCall now, (string Family, long Id) key, Entry last)
    {
        var entry = now.Snapshot.Find(key.Family, key.Id) ?? last;
        return IsVisible(entry) && (!entry.IsRemoved || entry.State is "removed" or "purged") ? entry : null;
    }
}
