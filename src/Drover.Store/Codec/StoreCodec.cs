using System.Collections.Frozen;
using System.Collections.Immutable;
using Drover.Model.Kernel;
using Drover.Store.Journal;
using Drover.Store.State;

namespace Drover.Store.Codec;

/// <summary>All codecs of one journal's data.</summary>
internal sealed class StoreCodec
{
    private readonly FrozenDictionary<Kind, Field[]> _keys;

    public StoreCodec(Catalog catalog, IEnumerable<StoredName> stored)
    {
        var shapes = RecordShape.All(catalog);
        var names = new NameTable(stored, catalog.Kinds.Select(kind => (kind.Name, kind.Family)), shapes);
        NewNames = names.Added;
        Entries = new EntryCodec(catalog, names, new CodecTable(names, shapes));
        Batches = new BatchCodec(names, Entries);
        Snapshots = new SnapshotCodec(Entries, Batches);
        _keys = catalog.Kinds.Where(kind => kind.Declared.IsHistory).ToFrozenDictionary(kind => kind, kind => kind.Fields.Where(field => field.Index is { InHistory: true }).ToArray());
    }

    /// <summary>Names that the journal must learn first.</summary>
    public ImmutableArray<StoredName> NewNames { get; }

    public EntryCodec Entries { get; }

    public BatchCodec Batches { get; }

    public SnapshotCodec Snapshots { get; }

    /// <summary>An object for one of the tables beside the live state.</summary>
    /// <param name="entry">The object.</param>
    /// <param name="at">When it came there.</param>
    /// <param name="writer">A buffer to write in.</param>
    public StoredRecord Record(Entry entry, DateTimeOffset at, ByteWriter writer)
    {
        writer.Clear();
        Entries.Write(writer, entry);
        return new StoredRecord(entry.Kind.Family, entry.Id, at, KeysOf(entry), writer.Written.ToArray());
    }

    /// <summary>The object of a table's row; null where its kind is declared no longer.</summary>
    public Entry? Read(StoredRecord record)
    {
        var reader = new ByteReader(record.Payload.Span);
        return Entries.Read(ref reader);
    }

    private ImmutableArray<KeyValuePair<string, object>> KeysOf(Entry entry)
    {
        if (!_keys.TryGetValue(entry.Kind, out var fields)) return [];
        var keys = ImmutableArray.CreateBuilder<KeyValuePair<string, object>>(fields.Length);
        foreach (var field in fields)
            if (KeyReading.ToKey(entry.Value(field)) is { } key)
                keys.Add(KeyValuePair.Create(field.Name, key));
        return keys.DrainToImmutable();
    }
}
