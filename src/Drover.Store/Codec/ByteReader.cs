using System.Buffers.Binary;
using System.Text;

namespace Drover.Store.Codec;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Throws <see cref="InvalidDataException"/> where the bytes end too early.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, InternPool? pool = null)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Shares equal values while many objects are read; null where that does not pay.</summary>
    public readonly InternPool? Pool { get; } = pool;

    public readonly bool AtEnd => _at >= _bytes.Length;

    public byte Byte()
    {
        if (_at >= _bytes.Length) throw Truncated();
        return _bytes[_at++];
    }

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new InvalidDataException("a number in the store's data is longer than 64 bits");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Raw(8));

    public string? Text()
    {
        var length = Number();
        if (length == 0) return null;
        var bytes = Raw(checked((int)(length - 1)));
        return Pool is null ? Encoding.UTF8.GetString(bytes) : Pool.Text(bytes);
    }

    /// <summary>The block that <see cref="ByteWriter.EndBlock"/> closed; empty and false where null was written.</summary>
    public bool Block(out ReadOnlySpan<byte> block)
    {
        var length = Number();
        block = length == 0 ? default : Raw(checked((int)(length - 1)));
        return length != 0;
    }

    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length > _bytes.Length - _at) throw Truncated();
        var raw = _bytes.Slice(_at, length);
        _at += length;
        return raw;
    }

    private static InvalidDataException Truncated() => new("the store's data ends in the middle of a value");
}
