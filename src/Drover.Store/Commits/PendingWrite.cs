namespace Drover.Store.Commits;

/// <summary>A write that someone waits for.</summary>
internal abstract class PendingWrite(CancellationToken cancel)
{
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>Why it will fail; null where it will not. Told only when all that it saw is durable.</summary>
    public Exception? Failure { get; set; }

    public abstract void Run(WriteTx tx);

    /// <summary>Tells the caller how it went.</summary>
    public abstract void Complete();
}

internal sealed class PendingWrite<T>(Func<WriteTx, T> body, CancellationToken cancel) : PendingWrite(cancel)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Run(WriteTx tx) => _result = body(tx);

    public override void Complete()
    {
        if (Failure is OperationCanceledException && Cancel.IsCancellationRequested) _done.TrySetCanceled(Cancel);
        else if (Failure is { } failure) _done.TrySetException(failure);
        else _done.TrySetResult(_result!);
    }
}

/// <summary>A write whose body has run.</summary>
/// <param name="Commit">What it changed; null where that is nothing.</param>
/// <param name="Snapshot">The state after it.</param>
/// <param name="Taken">Numbers that it took, also where it failed.</param>
internal readonly record struct BuiltWrite(PendingWrite Write, PendingCommit? Commit, Snapshot Snapshot, KeyValuePair<string, long>[] Taken);

/// <summary>Writes that share one sync.</summary>
internal sealed class PendingBatch
{
    private readonly Dictionary<string, long> _taken = new(StringComparer.Ordinal);

    public List<PendingWrite> Writes { get; } = [];

    public List<PendingCommit> Commits { get; } = [];

    public IReadOnlyCollection<KeyValuePair<string, long>> Taken => _taken;

    /// <summary>The state after the last write; null while there is none.</summary>
    public Snapshot? Snapshot { get; private set; }

    public void Add(BuiltWrite built)
    {
        Writes.Add(built.Write);
        if (built.Commit is not null) Commits.Add(built.Commit);
        foreach (var (family, last) in built.Taken) _taken[family] = last;
        Snapshot = built.Snapshot;
    }
}
