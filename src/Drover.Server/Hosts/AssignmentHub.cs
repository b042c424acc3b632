using System.Collections.Concurrent;
using System.Collections.Immutable;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Kernel;
using Drover.Model.Registries;
using Drover.Model.Volumes;
using Drover.Store;

namespace Drover.Server.Hosts;

/// <summary>Tells each host's stream what changed on it: one look at every commit, whatever the number of hosts.</summary>
public sealed class AssignmentHub(ResourceStore store) : IDisposable
{
    private readonly ConcurrentDictionary<long, ImmutableList<AssignmentStream>> _streams = [];
    private IDisposable? _subscription;

    public void Start() => _subscription = store.Watch(commit =>
    {
        foreach (var change in commit.Changes) Route(change);
    }).Subscription;

    /// <summary>Joins a stream; nothing that is committed later is missed by it.</summary>
    public IDisposable Join(AssignmentStream stream)
    {
        _streams.AddOrUpdate(stream.HostId, [stream], (_, others) => others.Add(stream));
        return new Membership(() => _streams.AddOrUpdate(stream.HostId, [], (_, others) => others.Remove(stream)));
    }

    /// <summary>Tells a host of a container again.</summary>
    public void Again(long hostId, long containerId)
    {
        if (!_streams.TryGetValue(hostId, out var streams)) return;
        foreach (var stream in streams) stream.MarkAgain(containerId);
    }

    public void Dispose() => _subscription?.Dispose();

    private void Route(Change change)
    {
        if (change.Before?.WantedRevision == change.After?.WantedRevision && change.Entry.Wanted is not (Registry or RegistryCredential)) return;
        switch (change.Entry.Wanted)
        {
            case Container:
                ForEach(change, wanted => ((Container)wanted).HostId, stream => stream.MarkContainer(change.Entry.Id));
                break;
            case Volume:
                ForEach(change, wanted => ((Volume)wanted).HostId, stream => stream.MarkVolume(change.Entry.Id));
                break;
            case Registry or RegistryCredential:
                foreach (var stream in _streams.Values.SelectMany(s => s))
                    if (stream.EnvironmentId == change.Entry.Wanted.AccountId)
                        stream.MarkCredentials();
                break;
        }
    }

    private void ForEach(Change change, Func<Resource, long?> hostOf, Action<AssignmentStream> mark)
    {
        var before = change.Before is { } old ? hostOf(old.Wanted) : null;
        var after = change.After is { } now ? hostOf(now.Wanted) : null;
        Mark(before);
        if (after != before) Mark(after);

        void Mark(long? hostId)
        {
            if (hostId is { } id && _streams.TryGetValue(id, out var streams))
                foreach (var stream in streams)
                    mark(stream);
        }
    }

    private sealed class Membership(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
