using Drover.Model.Kernel;
using Drover.Store.Codec;
using Drover.Store.Journal;
using Drover.Store.State;

namespace Drover.Store;

/// <summary>What a store starts with: the newest snapshot and the rows after it.</summary>
internal sealed record Recovery(StoreCodec Codec, LiveState State, Dictionary<string, long> LastIds, long Revision)
{
    /// <summary>Reads a journal. Throws <see cref="DataFolderException"/> where a row is damaged or missing.</summary>
    public static Recovery From(Catalog catalog, StateLayout layout, IJournal journal, long term)
    {
        var stored = journal.Open();
        if (stored.Term > term) throw new StaleTermException(term, stored.Term);
        var codec = new StoreCodec(catalog, stored.Names);
        if (codec.NewNames.Length > 0) journal.Learn(codec.NewNames);
        var state = new LiveState(layout);
        var ids = new Dictionary<string, long>(stored.Taken, StringComparer.Ordinal);
        var pool = new InternPool();
        var revision = 0L;
        try
        {
            if (stored.Snapshot is { } snapshot)
            {
                codec.Snapshots.Read(snapshot.Frames, state, ids, pool);
                revision = snapshot.Revision;
            }

            foreach (var row in journal.Tail(revision))
            {
                if (row.First != revision + 1) throw new InvalidDataException($"the row of revision {row.First} follows revision {revision}");
                revision = codec.Batches.Apply(row.Payload.Span, row.First, state, ids, pool);
                if (revision != row.Last) throw new InvalidDataException($"the row of revision {row.First} ends at {revision} instead of {row.Last}");
            }
        }
        catch (InvalidDataException damage)
        {
            throw new DataFolderException($"the journal is damaged after revision {revision}: {damage.Message}; restore a backup", damage);
        }

        return new Recovery(codec, state, ids, revision);
    }
}
