using System.Text.Json.Nodes;
using Drover.Store.Commits;
using Drover.Store.State;

namespace Drover.Store.Codec;

/// <summary>Writes and reads the journal's rows: the commits of one batch, then the numbers taken meanwhile.</summary>
internal sealed class BatchCodec(NameTable names, EntryCodec entries)
{
    public void Write(ByteWriter writer, IReadOnlyList<PendingCommit> commits, IReadOnlyCollection<KeyValuePair<string, long>> taken)
    {
        writer.Number((ulong)commits.Count);
        foreach (var commit in commits)
        {
            writer.Fixed(commit.At.UtcTicks);
            writer.Number((ulong)commit.Changes.Count);
            foreach (var change in commit.Changes) entries.Write(writer, change);
        }

        WriteTaken(writer, taken);
    }

    /// <summary>Applies a row to the state and to the newest numbers; answers with the revision reached.</summary>
    public long Apply(ReadOnlySpan<byte> row, long first, LiveState state, IDictionary<string, long> taken, InternPool pool)
    {
        var reader = new ByteReader(row, pool);
        var commits = reader.Number();
        var revision = first;
        for (ulong i = 0; i < commits; i++, revision++)
        {
            reader.Fixed();
            for (var left = reader.Number(); left > 0; left--) entries.Apply(ref reader, revision, state);
        }

        ReadTaken(ref reader, taken);
        return revision - 1;
    }

    /// <summary>What a row did to one object, oldest first.</summary>
    public IReadOnlyList<JsonObject> History(ReadOnlySpan<byte> row, long first, string family, long id)
    {
        var steps = new List<JsonObject>();
        var reader = new ByteReader(row);
        var commits = (long)reader.Number();
        for (var revision = first; revision < first + commits; revision++)
        {
            var at = new DateTimeOffset(reader.Fixed(), TimeSpan.Zero);
            for (var left = reader.Number(); left > 0; left--)
            {
                if (entries.ReadJson(ref reader, family, id) is not { } step) continue;
                step.Insert(0, "revision", revision);
                step.Insert(1, "at", at);
                steps.Add(step);
            }
        }

        return steps;
    }

    public void WriteTaken(ByteWriter writer, IReadOnlyCollection<KeyValuePair<string, long>> taken)
    {
        writer.Number((ulong)taken.Count);
        foreach (var (family, last) in taken)
        {
            writer.Number((ulong)names.OfFamily(family));
            writer.Number((ulong)last);
        }
    }

    public void ReadTaken(ref ByteReader reader, IDictionary<string, long> taken)
    {
        for (var left = reader.Number(); left > 0; left--)
        {
            var family = names.Family((int)reader.Number());
            var last = (long)reader.Number();
            if (family is not null && (!taken.TryGetValue(family, out var known) || known < last)) taken[family] = last;
        }
    }
}
