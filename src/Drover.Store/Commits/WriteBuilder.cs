using Drover.Model.Kernel;
using Drover.Store.State;

namespace Drover.Store.Commits;

/// <summary>Runs the bodies of writes, each on the state that the one before left. Used by one thread at a time.</summary>
internal sealed class WriteBuilder(Catalog catalog, LiveState state, IdCounters ids, long revision, TimeProvider time, Func<Guid> newUuid)
{
    private Snapshot _newest = state.Freeze(revision);

    public Snapshot Newest => _newest;

    /// <summary>Runs a write. What its body throws becomes its failure, and the state is as before.</summary>
    public BuiltWrite Build(PendingWrite write)
    {
        var tx = new PendingTx(catalog, state, ids, _newest, time.GetUtcNow(), newUuid);
        PendingCommit? commit = null;
        try
        {
            write.Cancel.ThrowIfCancellationRequested();
            write.Run(tx);
            if (tx.TryEnd(out commit)) _newest = state.Freeze(commit.Revision);
        }
#pragma warning disable CA1031 // Whatever a body throws is its caller's to handle.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            tx.TryEnd(out _);
            state.Return(_newest);
            write.Failure = failure;
        }

        return new BuiltWrite(write, commit, _newest, ids.TakeNew());
    }
}
