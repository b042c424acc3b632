using System.Text.Json.Nodes;
using Drover.Model.Kernel;
using Drover.Store.Codec;
using Drover.Store.Commits;
using Drover.Store.Journal;
using Drover.Store.State;

namespace Drover.Store;

/// <summary>All live state: snapshots for readers, one line of writers, commits that are durable before anyone sees them.</summary>
public sealed class ResourceStore : IAsyncDisposable
{
    private readonly Catalog _catalog;
    private readonly IJournal _journal;
    private readonly StoreCodec _codec;
    private readonly Publisher _publisher;
    private readonly WriteBuilder _builder;
    private readonly GroupCommitter _committer;
    private readonly TimeProvider _time;
    private readonly StoreOptions _options;
    private readonly Lock _inline = new();
    private readonly WriteLine? _line;

    /// <summary>A store that lasts as long as the process and runs each write to its end on the caller's thread: for tests and the simulator.</summary>
    public ResourceStore(Catalog catalog, TimeProvider time, Func<Guid> newUuid)
        : this(catalog, new MemoryJournal(), time, newUuid, new StoreOptions { SnapshotBytes = 16 << 20 }, inline: true)
    {
    }

    private ResourceStore(Catalog catalog, IJournal journal, TimeProvider time, Func<Guid> newUuid, StoreOptions options, bool inline)
    {
        (_catalog, _journal, _time, _options) = (catalog, journal, time, options);
        var recovered = Recovery.From(catalog, new StateLayout(catalog), journal, options.Term);
        _codec = recovered.Codec;
        var ids = new IdCounters(recovered.LastIds);
        _builder = new WriteBuilder(catalog, recovered.State, ids, recovered.Revision, time, newUuid);
        _publisher = new Publisher(_builder.Newest, options.OnDefect);
        _committer = new GroupCommitter(journal, _codec, _publisher, recovered.LastIds, options, time);
        _line = inline ? null : new WriteLine(_builder, _committer, options.MostWritesPerBatch);
    }

    /// <summary>The newest durable state.</summary>
    public Snapshot Current => _publisher.Current;

    /// <summary>Why the store takes no more writes; null while it does.</summary>
    public StoreFailedException? Failure => _line?.Failure;

    /// <summary>
    /// Opens a store on a journal, which it then owns, and reads what is there. Throws <see cref="DataFolderException"/>
    /// where the data cannot be used and <see cref="StaleTermException"/> where a newer server has written.
    /// </summary>
    public static async Task<ResourceStore> OpenAsync(
        Catalog catalog, IJournal journal, TimeProvider time, Func<Guid> newUuid, StoreOptions? options = null, CancellationToken cancel = default)
    {
        try
        {
            return await Task.Run(() => new ResourceStore(catalog, journal, time, newUuid, options ?? new StoreOptions(), inline: false), cancel).ConfigureAwait(false);
        }
        catch
        {
            await journal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Runs a write against the newest state and returns once it is durable and published. What the body throws comes out and
    /// nothing is written. Throws <see cref="StoreFailedException"/> once the journal cannot be written.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<WriteTx, T> body, CancellationToken cancel = default)
    {
        var write = new PendingWrite<T>(body, cancel);
        if (_line is not null) return _line.Add(write);
        if (_inline.IsHeldByCurrentThread) throw new InvalidOperationException("a watcher or a write's body may not write");
        lock (_inline)
        {
            var batch = new PendingBatch();
            batch.Add(_builder.Build(write));
            _committer.Commit(batch);
            _committer.KeepUp(inline: true);
        }

        return write.Done;
    }

    /// <summary>Runs a write that returns nothing.</summary>
    public Task WriteAsync(Action<WriteTx> body, CancellationToken cancel = default)
        => WriteAsync(tx => { body(tx); return true; }, cancel);

    /// <summary>Adds a record to the bounded history of its kind and returns once it is durable. Throws where the kind is not declared as history.</summary>
    public Task<T> AppendHistoryAsync<T>(T record, CancellationToken cancel = default)
        where T : Resource
        => _catalog.Of(record).Declared.IsHistory
            ? WriteAsync(tx => tx.Create(record), cancel)
            : throw new ArgumentException($"{typeof(T).Name} is not declared as history", nameof(record));

    /// <summary>Snapshot and subscription in one: every commit after the snapshot reaches the watcher, in order, once. The watcher must be quick and must not write.</summary>
    public (Snapshot Snapshot, IDisposable Subscription) Watch(Action<Commit> watcher) => _publisher.Watch(watcher);

    /// <summary>A removed object that is still kept; null where there is none.</summary>
    public Task<Entry?> FindRemovedAsync(string family, long id)
        => Task.Run(() => _journal.FindRemoved(family, id) is { } record && IsKept(RecordTable.Removed, record) ? _codec.Read(record) : null);

    /// <summary>Removed objects of a family that are still kept, newest number first.</summary>
    /// <param name="before">Only numbers below this one: the last number of the page before.</param>
    /// <param name="most">Number of objects at most.</param>
    public Task<IReadOnlyList<Entry>> QueryRemovedAsync(string family, long before = long.MaxValue, int most = 100)
        => QueryAsync(new RecordQuery(RecordTable.Removed, family, Before: before, Most: most));

    /// <summary>Records of an unbounded kind, newest number first.</summary>
    /// <param name="kind">A kind declared as history.</param>
    /// <param name="field">Wire name of an indexed field; null for all records.</param>
    /// <param name="key">The field's value.</param>
    /// <param name="before">Only numbers below this one: the last number of the page before.</param>
    /// <param name="most">Number of records at most.</param>
    public Task<IReadOnlyList<Entry>> QueryHistoryAsync(Kind kind, string? field = null, object? key = null, long before = long.MaxValue, int most = 100)
    {
        if (!kind.Declared.IsHistory) throw new ArgumentException($"{kind.Name} is not declared as history", nameof(kind));
        if (field is not null && kind[field].Index is not { InHistory: true }) throw new ArgumentException($"{kind.Name}.{field} has no index", nameof(field));
        return QueryAsync(new RecordQuery(RecordTable.History, kind.Family, field, KeyReading.ToKey(key), before, most));
    }

    /// <summary>What happened to one object, oldest first, as far back as the journal reaches; secrets are blanked.</summary>
    public Task<IReadOnlyList<JsonObject>> ReadHistoryAsync(string family, long id)
        => Task.Run<IReadOnlyList<JsonObject>>(() =>
            [.. _journal.Tail(0).SelectMany(row => _codec.Batches.History(row.Payload.Span, row.First, family, id))]);

    /// <summary>Writes a snapshot now, so that the next start has no rows to read again.</summary>
    public Task SaveSnapshotAsync() => _committer.SaveSnapshotAsync(inline: _line is null);

    /// <summary>Finishes what waits and closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_line is not null) await _line.DisposeAsync().ConfigureAwait(false);
        await _journal.DisposeAsync().ConfigureAwait(false);
    }

    private Task<IReadOnlyList<Entry>> QueryAsync(RecordQuery query)
        => Task.Run<IReadOnlyList<Entry>>(() =>
            [.. _journal.Query(query).Where(record => IsKept(query.Table, record)).Select(_codec.Read).OfType<Entry>()]);

    private bool IsKept(RecordTable table, StoredRecord record)
    {
        var retention = table == RecordTable.Removed ? _options.RemovedRetention(record.Family) : _options.HistoryRetention(record.Family);
        return record.At >= _time.GetUtcNow() - retention.Time;
    }
}
