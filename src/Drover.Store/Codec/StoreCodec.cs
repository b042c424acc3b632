using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Store.Journal;
using Drover.Store.State;

namespace Drover.Store.Codec;

/// <summary>All codecs of one journal's data.</summary>
internal sealed class StoreCodec
{
    public StoreCodec(Catalog catalog, IEnumerable<StoredName> stored)
    {
        var shapes = RecordShape.All(catalog);
        var names = new NameTable(stored, catalog.Kinds.Select(kind => (kind.Name, kind.Family)), shapes);
        NewNames = names.Added;
        Entries = new EntryCodec(catalog, names, new CodecTable(names, shapes));
        Batches = new BatchCodec(names, Entries);
        Snapshots = new SnapshotCodec(Entries, Batches);
    }

    /// <summary>Names that the journal must learn first.</summary>
    public ImmutableArray<StoredName> NewNames { get; }

    public EntryCodec Entries { get; }

    public BatchCodec Batches { get; }

    public SnapshotCodec Snapshots { get; }

    /// <summary>An object for one of the tables beside the live state.</summary>
    /// <param name="at">When it came there.</param>
    public StoredRecord Record(Entry entry, DateTimeOffset at)
    {
        var writer = new ByteWriter();
        Entries.Write(writer, entry);
        return new StoredRecord(entry.Kind.Family, entry.Id, at, KeysOf(entry), writer.Written.ToArray());
    }

    /// <summary>The object of a table's row; null where its kind is declared no longer.</summary>
    public Entry? Read(StoredRecord record)
    {
        var reader = new ByteReader(record.Payload.Span);
        return Entries.Read(ref reader);
    }

    private static ImmutableArray<KeyValuePair<string, object>> KeysOf(Entry entry)
        => entry.Kind.Declared.IsHistory
            ? [.. entry.Kind.Fields
                .Where(field => field.Index is { InHistory: true })
                .Select(field => (field.Name, Value: KeyReading.ToKey(entry.Value(field))))
                .Where(key => key.Value is not null)
                .Select(key => KeyValuePair.Create(key.Name, key.Value!))]
            : [];
}
