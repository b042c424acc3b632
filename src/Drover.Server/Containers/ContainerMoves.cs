using Drover.Model.Containers;
using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Containers;

/// <summary>What can be asked of a container inside a write. Each does nothing where it is asked for already.</summary>
public static class ContainerMoves
{
    public static void Start(WriteTx tx, long id)
    {
        if (Find(tx, id) is { Wanted: Container { RemoveRequested: false } container } entry && Offers(entry, "start"))
            tx.Ask(container with { Running = true }, "start");
    }

    /// <param name="tx">The write.</param>
    /// <param name="id">The container's number.</param>
    /// <param name="seconds">How long to wait before it is killed; null for the engine's own.</param>
    public static void Stop(WriteTx tx, long id, long? seconds = null)
    {
        if (Find(tx, id) is not { Wanted: Container { RemoveRequested: false, Running: true } container } entry) return;
        var resting = container with { Running = false, StopSeconds = seconds ?? container.Spec.StopTimeout };
        if (Offers(entry, "stop")) tx.Ask(resting, "stop");
        else tx.Put(resting with { State = "stopping", Generation = container.Generation + 1 });
    }

    public static void Restart(WriteTx tx, long id)
    {
        if (Find(tx, id) is { Wanted: Container { RemoveRequested: false } container } entry && Offers(entry, "restart"))
            tx.Ask(container with { Running = true, RestartCount = container.RestartCount + 1 }, "restart");
    }

    /// <summary>Stops it where it runs, then removes it.</summary>
    public static void Remove(WriteTx tx, long id)
    {
        if (Find(tx, id) is not { Wanted: Container { RemoveRequested: false } container } entry) return;
        var going = container with { RemoveRequested = true, Running = false };
        if (Offers(entry, "remove")) tx.Ask(going, "remove");
        else if (Offers(entry, "stop")) tx.Ask(going, "stop");
        else tx.Put(going with { State = "removing", Generation = container.Generation + 1 });
    }

    /// <summary>Takes a container that is gone out of the live state.</summary>
    public static void Bury(WriteTx tx, Entry entry)
    {
        tx.PutSeen(entry.Kind.Family, entry.Id, entry.Seen with
        {
            Generation = entry.Wanted.Generation,
            State = "removed",
            Failed = false,
            TransitioningMessage = null,
            Why = null,
            Removed = tx.Now,
            RemoveTime = tx.Now + RemovedFor,
        });
        tx.Bury(entry.Kind.Family, entry.Id);
    }

    /// <summary>How long a removed object is answered by its id.</summary>
    public static readonly TimeSpan RemovedFor = TimeSpan.FromHours(1);

    private static Entry? Find(WriteTx tx, long id) => tx.View.Find<Container>(id);

    private static bool Offers(Entry entry, string action) => entry.Kind.Lifecycle!.Ask(action, entry.State) is not null;
}
