using System.Diagnostics.CodeAnalysis;
using Drover.Model.Kernel;
using Drover.Store.State;

namespace Drover.Store.Commits;

/// <summary>A transaction while its body runs: writes go into the state that is being built and are noted as changes.</summary>
internal sealed class PendingTx(Catalog catalog, LiveState state, IdCounters ids, Snapshot start, DateTimeOffset now, Func<Guid> newUuid) : WriteTx
{
    private readonly OrderedDictionary<(string Family, long Id), PendingChange> _changes = [];
    private readonly List<Entry> _history = [];
    private readonly Snapshot _start = start;
    private Snapshot? _view = start;
    private bool _ended;

    public override DateTimeOffset Now { get; } = now;

    public override Snapshot View => _view ??= state.Freeze(Revision);

    private long Revision => _start.Revision + 1;

    public override long NextId(string family)
    {
        ThrowIfEnded();
        return ids.Next(family);
    }

    public override T Create<T>(T resource, Seen? seen = null)
    {
        ThrowIfEnded();
        var kind = catalog.Of(resource);
        if (resource.Id != 0 && state.Find(kind.Family, resource.Id) is not null) throw new ConflictException($"{kind.Family} {resource.Id} is taken");
        var created = (T)(resource with
        {
            Id = resource.Id == 0 ? ids.Next(kind.Family) : resource.Id,
            Uuid = resource.Uuid ?? newUuid().ToString(),
            Created = resource.Created ?? Now,
            Generation = 1,
            State = resource.State ?? kind.Lifecycle?.Ask("create", "requested")?.Through,
        });
        ids.Reach(kind.Family, created.Id);
        var entry = new Entry(kind, created, SeenOf(kind, seen ?? kind.NewSeen()), Revision, Revision);
        if (kind.Declared.IsHistory) _history.Add(entry);
        else Set(entry);
        return created;
    }

    public override void Put(Resource wanted)
    {
        var kind = catalog.Of(wanted);
        var entry = Existing(kind.Family, wanted.Id);
        if (entry.Kind != kind) throw new ArgumentException($"{entry.Kind.Name} {wanted.Id} cannot become a {kind.Name}", nameof(wanted));
        Set(entry with { Wanted = wanted, WantedRevision = Revision });
    }

    public override void PutSeen(string family, long id, Seen seen)
    {
        var entry = Existing(family, id);
        if (!entry.Seen.Equals(seen)) Set(entry with { Seen = SeenOf(entry.Kind, seen), SeenRevision = Revision });
    }

    public override void Bury(string family, long id)
    {
        var entry = Existing(family, id);
        state.Remove(family, id);
        _view = null;
        _changes[(family, id)] = new PendingChange(BeforeOf(family, id), entry, IsBuried: true);
    }

    /// <summary>Ends the transaction: the body may no longer use it. Answers with what it changed; null where that is nothing.</summary>
    public bool TryEnd([NotNullWhen(true)] out PendingCommit? commit)
    {
        _ended = true;
        commit = _changes.Count == 0 && _history.Count == 0 ? null : new PendingCommit(Revision, Now, [.. _changes.Values], _history);
        return commit is not null;
    }

    private Entry Existing(string family, long id)
    {
        ThrowIfEnded();
        return state.Find(family, id) ?? throw new ConflictException($"{family} {id} is gone");
    }

    private void Set(Entry entry)
    {
        var (family, id) = (entry.Kind.Family, entry.Id);
        var before = BeforeOf(family, id);
        state.Set(entry);
        _view = null;
        _changes[(family, id)] = new PendingChange(before, entry, IsBuried: false);
    }

    private Entry? BeforeOf(string family, long id)
        => _changes.TryGetValue((family, id), out var earlier) ? earlier.Before : _start.Find(family, id);

    private void ThrowIfEnded()
    {
        if (_ended) throw new InvalidOperationException("a write was used after its body had returned");
    }

    private static Seen SeenOf(Kind kind, Seen seen)
        => seen.GetType() == kind.SeenType
            ? seen
            : throw new ArgumentException($"what is seen of a {kind.Name} is a {kind.SeenType.Name}, not a {seen.GetType().Name}", nameof(seen));
}
