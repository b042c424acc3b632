using System.Text.Json.Nodes;
using Drover.Model.Kernel;
using Drover.Store.Commits;
using Drover.Store.State;

namespace Drover.Store.Codec;

/// <summary>What a stored change did to its object.</summary>
[Flags]
internal enum ChangeFlags
{
    None = 0,
    Created = 1,
    Wanted = 2,
    Seen = 4,
    Buried = 8,
}

/// <summary>Writes and reads whole objects and what one commit changed of an object.</summary>
internal sealed class EntryCodec(Catalog catalog, NameTable names, CodecTable codecs)
{
    /// <summary>Writes a whole object with its revisions.</summary>
    public void Write(ByteWriter writer, Entry entry)
    {
        writer.Number((ulong)names.OfKind(entry.Kind.Name));
        var start = writer.BeginBlock();
        writer.Number((ulong)entry.Id);
        writer.Number((ulong)entry.WantedRevision);
        writer.Number((ulong)entry.SeenRevision);
        codecs.Of(entry.Kind.ClrType).Write(writer, entry.Wanted);
        codecs.Of(entry.Kind.SeenType).Write(writer, entry.Seen);
        writer.EndBlock(start);
    }

    /// <summary>Reads a whole object; null where its kind is declared no longer.</summary>
    public Entry? Read(ref ByteReader reader)
    {
        var kind = Kind(reader.Number());
        if (!reader.Block(out var block) || kind is null) return null;
        var body = new ByteReader(block, reader.Pool);
        var id = (long)body.Number();
        var (wantedRevision, seenRevision) = ((long)body.Number(), (long)body.Number());
        var wanted = (Resource)codecs.Of(kind.ClrType).Read(ref body);
        var seen = (Seen)codecs.Of(kind.SeenType).Read(ref body);
        return wanted.Id == id
            ? new Entry(kind, wanted, seen, wantedRevision, seenRevision)
            : throw new InvalidDataException($"{kind.Name} {id} in the store's data says that it is {wanted.Id}");
    }

    /// <summary>Writes what a commit changed of an object.</summary>
    public void Write(ByteWriter writer, PendingChange change)
    {
        var (before, last) = (change.Before, change.Last);
        var flags = (before is null ? ChangeFlags.Created : ChangeFlags.None) | (change.IsBuried ? ChangeFlags.Buried : ChangeFlags.None);
        if (before is null || before.WantedRevision != last.WantedRevision) flags |= ChangeFlags.Wanted;
        if (before is null || before.SeenRevision != last.SeenRevision) flags |= ChangeFlags.Seen;
        writer.Number((ulong)names.OfKind(last.Kind.Name));
        writer.Number((ulong)last.Id);
        var start = writer.BeginBlock();
        writer.Byte((byte)flags);
        if (flags.HasFlag(ChangeFlags.Wanted)) WriteSide(writer, codecs.Of(last.Kind.ClrType), before?.Wanted, last.Wanted);
        if (flags.HasFlag(ChangeFlags.Seen)) WriteSide(writer, codecs.Of(last.Kind.SeenType), before?.Seen, last.Seen);
        writer.EndBlock(start);
    }

    /// <summary>Reads what a commit changed of an object and applies it.</summary>
    public void Apply(ref ByteReader reader, long revision, LiveState state)
    {
        var kind = Kind(reader.Number());
        var id = (long)reader.Number();
        if (!reader.Block(out var block) || kind is null) return;
        var body = new ByteReader(block, reader.Pool);
        var flags = (ChangeFlags)body.Byte();
        if (flags.HasFlag(ChangeFlags.Buried))
        {
            if (!flags.HasFlag(ChangeFlags.Created)) state.Remove(kind.Family, id);
            return;
        }

        var entry = flags.HasFlag(ChangeFlags.Created)
            ? new Entry(kind, (Resource)codecs.Of(kind.ClrType).Read(ref body), (Seen)codecs.Of(kind.SeenType).Read(ref body), revision, revision)
            : state.Find(kind.Family, id) ?? throw new InvalidDataException($"revision {revision} changes {kind.Name} {id}, which is not there");
        if (!flags.HasFlag(ChangeFlags.Created))
        {
            if (flags.HasFlag(ChangeFlags.Wanted))
                entry = entry with { Wanted = (Resource)codecs.Of(kind.ClrType).ReadChanges(ref body, entry.Wanted), WantedRevision = revision };
            if (flags.HasFlag(ChangeFlags.Seen))
                entry = entry with { Seen = (Seen)codecs.Of(kind.SeenType).ReadChanges(ref body, entry.Seen), SeenRevision = revision };
        }

        state.Set(entry);
    }

    /// <summary>Reads what a commit changed as JSON, secrets blanked; null where it is another object.</summary>
    public JsonObject? ReadJson(ref ByteReader reader, string family, long id)
    {
        var kind = Kind(reader.Number());
        var mine = (long)reader.Number() == id && kind?.Family == family;
        if (!reader.Block(out var block) || !mine) return null;
        var body = new ByteReader(block);
        var flags = (ChangeFlags)body.Byte();
        var json = new JsonObject
        {
            ["kind"] = kind!.Name,
            ["change"] = flags.HasFlag(ChangeFlags.Buried) ? "removed" : flags.HasFlag(ChangeFlags.Created) ? "created" : "changed",
        };
        if (flags.HasFlag(ChangeFlags.Wanted)) json["wanted"] = codecs.Of(kind.ClrType).ReadJson(ref body);
        if (flags.HasFlag(ChangeFlags.Seen)) json["seen"] = codecs.Of(kind.SeenType).ReadJson(ref body);
        return json;
    }

    private static void WriteSide(ByteWriter writer, RecordCodec codec, object? before, object after)
    {
        if (before is null) codec.Write(writer, after);
        else codec.WriteChanges(writer, before, after);
    }

    private Kind? Kind(ulong number) => names.Kind((int)number) is { } name ? catalog.FindKind(name) : null;
}
