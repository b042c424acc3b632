using Drover.Model.Kernel;
using Drover.Store;

namespace Drover.Server.Api.Writes;

/// <summary>Takes objects that nobody has to wait for out of the live state at once.</summary>
internal static class Burial
{
    /// <summary>Marks an object as removed and takes it out.</summary>
    /// <param name="tx">The write.</param>
    /// <param name="entry">The object.</param>
    /// <param name="keep">How long it is answered by its id; <see cref="Settler.KeepRemoved"/> where not given.</param>
    public static void Bury(this WriteTx tx, Entry entry, TimeSpan? keep = null)
    {
        tx.PutSeen(entry.Kind.Family, entry.Id, entry.Seen with
        {
            Generation = entry.Wanted.Generation,
            State = entry.Kind.Lifecycle is null ? null : "removed",
            Failed = false,
            Why = null,
            Removed = tx.Now,
            RemoveTime = tx.Now + (keep ?? Settler.KeepRemoved),
        });
        tx.Bury(entry.Kind.Family, entry.Id);
    }
}
