using Drover.Model.Kernel;

namespace Drover.Store;

/// <summary>A write in the making. It sees the newest state, what waits before it included, and its own writes. Its body must be short, pure and ready to run again.</summary>
public abstract class WriteTx
{
    /// <summary>The time of the commit.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>The newest state with this transaction's own writes.</summary>
    public abstract Snapshot View { get; }

    /// <summary>Gives the next number of a family. Never given twice, also where the transaction fails.</summary>
    public abstract long NextId(string family);

    /// <summary>Adds an object. Number, uuid and creation time are given where they are not set; the create through-state where the kind has one.</summary>
    public abstract T Create<T>(T resource, Seen? seen = null)
        where T : Resource;

    /// <summary>Replaces what is wanted of an object.</summary>
    public abstract void Put(Resource wanted);

    /// <summary>Replaces what was seen of an object.</summary>
    public abstract void PutSeen(string family, long id, Seen seen);

    /// <summary>Takes a removed object out of the live state into the table of removed objects.</summary>
    public abstract void Bury(string family, long id);

    /// <summary>Throws <see cref="ConflictException"/> where what is wanted of the object changed since the entry was read.</summary>
    public void Expect(Entry read)
    {
        if (View.Find(read.Kind.Family, read.Id)?.WantedRevision != read.WantedRevision)
            throw new ConflictException($"{read.Kind.Name} {read.Id} was changed meanwhile");
    }

    /// <summary>Asks for an action of the life cycle: sets the through-state and a new generation. Throws a 409 problem where the state does not offer it.</summary>
    public T Ask<T>(T wanted, string action)
        where T : Resource
    {
        var entry = View.Find(Catalog.All.Of(wanted).Family, wanted.Id) ?? throw new ProblemException(Problem.NotFound());
        var move = entry.Kind.Lifecycle?.Ask(action, entry.State)
            ?? throw new ProblemException(Problem.Conflict($"{action} is not possible while {entry.State}"));
        var asked = (T)(wanted with { State = move.Through, Generation = wanted.Generation + 1 });
        Put(asked);
        return asked;
    }
}
