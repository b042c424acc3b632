using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Reconcile;

/// <summary>Drives objects from what is wanted and seen. It declares what it reads and writes, and never waits inside.</summary>
public abstract class Reconciler : IFieldWriter
{
    public virtual string Name => GetType().Name;

    /// <summary>The kinds it reads, with the keys that their changes touch.</summary>
    public abstract ImmutableArray<Source> Reads { get; }

    /// <inheritdoc/>
    public abstract ImmutableArray<string> Writes { get; }

    /// <summary>
    /// Does what one key needs now. Throws <see cref="ConflictException"/>, <see cref="TransientException"/> or
    /// <see cref="ProblemException"/>; anything else is a defect.
    /// </summary>
    public abstract Task<Outcome> ReconcileAsync(long key, CancellationToken cancel);

    /// <summary>The keys to look at when it starts, besides its own objects.</summary>
    public virtual IEnumerable<long> KeysAtStart(Snapshot snapshot) => [];

    /// <summary>Shows on the object why it waits after a failure.</summary>
    public virtual Task ExplainAsync(long key, string reason, DateTimeOffset? nextTry, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>A reconciler whose keys are the numbers of objects of one kind.</summary>
public abstract class Reconciler<T>(ResourceStore store) : Reconciler
    where T : Resource
{
    protected ResourceStore Store { get; } = store;

    /// <inheritdoc/>
    public override Task ExplainAsync(long key, string reason, DateTimeOffset? nextTry, CancellationToken cancel)
        => Store.WriteAsync(
            tx =>
            {
                if (tx.View.Find<T>(key) is { } entry)
                    tx.PutSeen(entry.Kind.Family, key, entry.Seen with { Why = Waiting.For(entry.Seen.Why, reason, tx.Now, nextTry) });
            },
            cancel);
}
