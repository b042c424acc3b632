using System.Threading.Channels;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Api.Writes;

/// <summary>Ends the through-states of kinds that no reconciler drives: right after the commit that asked, and whatever a stop left open.</summary>
public sealed class Settler(ResourceStore store) : IBackgroundWork
{
    /// <summary>How long a removed object is answered by its id.</summary>
    public static readonly TimeSpan KeepRemoved = TimeSpan.FromHours(24);

    public string Name => "Settler";

    public async Task RunAsync(CancellationToken cancel)
    {
        var open = Channel.CreateUnbounded<(string Family, long Id)>(new UnboundedChannelOptions { SingleReader = true });
        var (start, watch) = store.Watch(commit =>
        {
            foreach (var change in commit.Changes)
                if (change.After is { } entry && IsOpen(entry))
                    open.Writer.TryWrite((entry.Kind.Family, entry.Id));
        });
        using (watch)
        {
            foreach (var entry in Catalog.All.Kinds.Where(k => !k.IsBase && !k.Declared.IsView).SelectMany(kind => start.All(kind)).Where(IsOpen))
                open.Writer.TryWrite((entry.Kind.Family, entry.Id));
            while (await open.Reader.WaitToReadAsync(cancel))
            {
                var keys = new HashSet<(string Family, long Id)>();
                while (keys.Count < 1000 && open.Reader.TryRead(out var key)) keys.Add(key);
                await store.WriteAsync(tx => SettleAll(tx, keys), cancel);
            }
        }
    }

    /// <summary>The status that ends the through-state of an object; null where there is none to end.</summary>
    public static Seen? Settled(Entry entry, DateTimeOffset now)
        => !IsOpen(entry) || Rested(entry) is not { } seen ? null
            : seen.State is "removed" or "purged" ? seen with { Removed = now, RemoveTime = now + KeepRemoved }
            : seen;

    /// <summary>The status of an object at the end of its through-state, when nothing goes wrong; null where it is in none.</summary>
    public static Seen? Rested(Entry entry)
        => entry.State is { } state && entry.Kind.Lifecycle?.Settled(state) is { } rest
            ? entry.Seen with { State = rest, Generation = entry.Wanted.Generation, Failed = false, TransitioningMessage = null, Why = null }
            : null;

    private static bool IsOpen(Entry entry)
        => !entry.Kind.IsReconciled && entry.Kind.Lifecycle is not null && entry.Seen.Generation < entry.Wanted.Generation;

    private static void SettleAll(WriteTx tx, HashSet<(string Family, long Id)> keys)
    {
        foreach (var (family, id) in keys)
            if (tx.View.Find(family, id) is { } entry && Settled(entry, tx.Now) is { } seen)
                Settle(tx, entry, seen);
    }

    /// <summary>What was asked to be removed and had to be stopped first is removed now.</summary>
    private static void Settle(WriteTx tx, Entry entry, Seen seen)
    {
        tx.PutSeen(entry.Kind.Family, entry.Id, seen);
        if (seen.Removed is not null) tx.Bury(entry.Kind.Family, entry.Id);
        else if (entry.Wanted.RemoveRequested && entry.Kind.Lifecycle!.Ask("remove", seen.State) is not null) tx.Ask(entry.Wanted, "remove");
    }
}
