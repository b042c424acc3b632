using System.Runtime.InteropServices;
using System.Text;

namespace Drover.Store.Codec;

/// <summary>Lets objects that are read together share equal texts and equal nested records, so that the containers of a service hold one launch config.</summary>
internal sealed class InternPool
{
    private const int TextSlots = 8192;
    private const int LongestText = 48;
    private const int MostRecords = 65_536;

    private readonly string?[] _texts = new string?[TextSlots];
    private readonly Dictionary<(object Codec, ulong Hash), (byte[] Bytes, object Record)> _records = [];

    /// <summary>The text of these bytes, the earlier one where it was seen not long ago.</summary>
    public string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "";
        if (bytes.Length > LongestText) return Encoding.UTF8.GetString(bytes);
        ref var slot = ref _texts[Hash(bytes) % TextSlots];
        return slot is not null && Ascii.Equals(bytes, slot) ? slot : slot = Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The record that a codec read from equal bytes before; null where there is none.</summary>
    public object? Find(object codec, ReadOnlySpan<byte> bytes)
        => _records.TryGetValue((codec, Hash(bytes)), out var known) && bytes.SequenceEqual(known.Bytes) ? known.Record : null;

    public void Keep(object codec, ReadOnlySpan<byte> bytes, object record)
    {
        if (_records.Count >= MostRecords) _records.Clear();
        _records[(codec, Hash(bytes))] = (bytes.ToArray(), record);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) hash = Mix(hash, word);
        foreach (var rest in bytes[(words.Length * 8)..]) hash = Mix(hash, rest);
        return hash ^ (hash >> 29);
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0xBF58476D1CE4E5B9UL;
        return hash ^ (hash >> 32);
    }
}
