using System.Threading.Channels;

namespace Drover.Store.Commits;

/// <summary>The line of writers: one task runs the bodies, one thread syncs what they built while the next ones run.</summary>
internal sealed class WriteLine : IAsyncDisposable
{
    private readonly Channel<PendingWrite> _queue = Channel.CreateUnbounded<PendingWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly WriteBuilder _builder;
    private readonly GroupCommitter _committer;
    private readonly int _most;
    private readonly object _gate = new();
    private readonly Task _building;
    private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PendingBatch _batch = new();
    private TaskCompletionSource? _room;
    private bool _ended;
    private volatile StoreFailedException? _failure;

    public WriteLine(WriteBuilder builder, GroupCommitter committer, int most)
    {
        _builder = builder;
        _committer = committer;
        _most = most;
        new Thread(CommitAll) { IsBackground = true, Name = "store journal" }.Start();
        _building = Task.Run(BuildAllAsync);
    }

    /// <summary>Set once the journal failed.</summary>
    public StoreFailedException? Failure => _failure;

    public Task<T> Add<T>(PendingWrite<T> write)
    {
        if (_failure is { } failure) return Task.FromException<T>(failure);
        return _queue.Writer.TryWrite(write) ? write.Done : Task.FromException<T>(new ObjectDisposedException(nameof(ResourceStore)));
    }

    /// <summary>Takes no more writes, finishes those that came before and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _building.ConfigureAwait(false);
        await _committed.Task.ConfigureAwait(false);
        await _committer.Settled.ConfigureAwait(false);
    }

    private async Task BuildAllAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_queue.Reader.TryRead(out var write))
            {
                if (_failure is not null) Refuse(write);
                else if (Hand(_builder.Build(write)) is { } room) await room.ConfigureAwait(false);
            }
        }

        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Adds to the next batch; answers with what to wait for where that is full.</summary>
    private Task? Hand(BuiltWrite built)
    {
        lock (_gate)
        {
            _batch.Add(built);
            Monitor.Pulse(_gate);
            if (_batch.Writes.Count < _most) return null;
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    private void CommitAll()
    {
        while (Take() is { } batch)
        {
            try
            {
                if (_failure is not null)
                {
                    batch.Writes.ForEach(Refuse);
                    continue;
                }

                _committer.Commit(batch);
                _committer.KeepUp(inline: false);
            }
#pragma warning disable CA1031 // Whatever stops the journal stops the store: nothing unsynced may be seen.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure = new StoreFailedException(failure);
                batch.Writes.ForEach(Refuse);
            }
        }

        _committed.SetResult();
    }

    private PendingBatch? Take()
    {
        lock (_gate)
        {
            while (_batch.Writes.Count == 0 && !_ended) Monitor.Wait(_gate);
            if (_batch.Writes.Count == 0) return null;
            var batch = _batch;
            _batch = new PendingBatch();
            _room?.TrySetResult();
            _room = null;
            return batch;
        }
    }

    private void Refuse(PendingWrite write)
    {
        write.Failure = _failure;
        write.Complete();
    }
}
