using System.Collections.Concurrent;
using Drover.Store.Codec;
using Drover.Store.Journal;

namespace Drover.Store.Commits;

/// <summary>Makes batches durable and then shows them. Used by one thread at a time.</summary>
internal sealed class GroupCommitter(IJournal journal, StoreCodec codec, Publisher publisher, IEnumerable<KeyValuePair<string, long>> durableIds, StoreOptions options, TimeProvider time)
{
    private readonly ByteWriter _writer = new(64 * 1024);
    private readonly ByteWriter _record = new();
    private readonly Trimmer _trimmer = new(journal, options);
    private readonly ConcurrentDictionary<string, long> _durableIds = new(durableIds, StringComparer.Ordinal);
    private readonly Lock _saving = new();
    private long _snapshotAt = options.SnapshotBytes;
    private Task _snapshot = Task.CompletedTask;

    /// <summary>Syncs a batch, then publishes it and completes its callers. Throws what the journal throws; nobody has seen anything then.</summary>
    public void Commit(PendingBatch batch)
    {
        if (batch.Commits.Count > 0) journal.Append(options.Term, Encode(batch));
        else if (batch.Taken.Count > 0) journal.Take(options.Term, [.. batch.Taken]);
        foreach (var (family, last) in batch.Taken) _durableIds[family] = last;
        if (batch.Commits.Count > 0) publisher.Publish(batch.Snapshot!, batch.Commits);
        foreach (var write in batch.Writes) write.Complete();
    }

    /// <summary>What may be done between two batches: lets old records go and starts a snapshot where enough was written.</summary>
    /// <param name="inline">True to write the snapshot before returning.</param>
    public void KeepUp(bool inline)
    {
        try
        {
            _trimmer.Trim(time.GetUtcNow());
            if (journal.TailBytes < _snapshotAt || !_snapshot.IsCompleted) return;
            _snapshotAt = journal.TailBytes + options.SnapshotBytes;
            if (inline) SaveSnapshotAsync(inline: true).GetAwaiter().GetResult();
            else _ = SaveSnapshotAsync(inline: false);
        }
#pragma warning disable CA1031 // Upkeep that fails is tried again later; writes go on.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            options.OnDefect?.Invoke(defect);
        }
    }

    /// <summary>Writes a snapshot of what is durable now, after the one that may be running.</summary>
    public Task SaveSnapshotAsync(bool inline)
    {
        if (inline)
        {
            Save();
            return Task.CompletedTask;
        }

        lock (_saving)
            return _snapshot = _snapshot.ContinueWith(_ => Save(), CancellationToken.None, TaskContinuationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Ends when no snapshot is being written.</summary>
    public Task Settled => _snapshot;

    private void Save()
    {
        try
        {
            // The snapshot first: numbers that are younger than it do no harm, older ones would be given again.
            var snapshot = publisher.Current;
            var ids = _durableIds.ToArray();
            journal.SaveSnapshot(snapshot.Revision, codec.Snapshots.Write(snapshot, ids));
            _snapshotAt = options.SnapshotBytes;
        }
#pragma warning disable CA1031 // A snapshot that cannot be written costs a longer start, nothing else.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            options.OnDefect?.Invoke(defect);
        }
    }

    private JournalBatch Encode(PendingBatch batch)
    {
        _writer.Clear();
        codec.Batches.Write(_writer, batch.Commits, batch.Taken);
        List<StoredRecord> removed = [];
        List<StoredRecord> history = [];
        foreach (var commit in batch.Commits)
        {
            foreach (var change in commit.Changes)
                if (change.IsBuried)
                    removed.Add(codec.Record(change.Last, commit.At, _record));
            foreach (var entry in commit.History) history.Add(codec.Record(entry, commit.At, _record));
        }

        _trimmer.Note(removed, history);
        return new JournalBatch(batch.Commits[0].Revision, batch.Commits[^1].Revision, _writer.WrittenMemory, removed, history);
    }
}
