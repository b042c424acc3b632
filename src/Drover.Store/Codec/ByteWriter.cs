using System.Buffers.Binary;
using System.Text;

namespace Drover.Store.Codec;

/// <summary>A growing buffer of bytes that is used again and again.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written after an earlier length.</summary>
    public void CutTo(int length) => Length = length;

    public void Byte(byte value)
    {
        if (Length == _bytes.Length) Grow(1);
        _bytes[Length++] = value;
    }

    /// <summary>7 bits per byte, the lowest first.</summary>
    public void Number(ulong value)
    {
        if (_bytes.Length - Length < 10) Grow(10);
        var at = Length;
        for (; value >= 0x80; value >>= 7) _bytes[at++] = (byte)(value | 0x80);
        _bytes[at++] = (byte)value;
        Length = at;
    }

    /// <summary>Small numbers of either sign take few bytes.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed(long value)
    {
        if (_bytes.Length - Length < 8) Grow(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += 8;
    }

    /// <summary>Length plus one, then UTF-8; a single 0 stands for null.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var most = value.Length * 3;
        if (_bytes.Length - Length < most + 10) Grow(most + 10);
        if (most < 127)
        {
            var written = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length + 1));
            _bytes[Length] = (byte)(written + 1);
            Length += written + 1;
            return;
        }

        Number((ulong)Encoding.UTF8.GetByteCount(value) + 1);
        Length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Begins a block whose length stands before it; hand the answer to <see cref="EndBlock"/>.</summary>
    public int BeginBlock()
    {
        Byte(0);
        return Length;
    }

    /// <summary>Ends a block: writes its length plus one before it.</summary>
    public void EndBlock(int start)
    {
        var length = Length - start;
        if (length < 127)
        {
            _bytes[start - 1] = (byte)(length + 1);
            return;
        }

        Span<byte> head = stackalloc byte[10];
        var wide = 0;
        var value = (ulong)length + 1;
        for (; value >= 0x80; value >>= 7) head[wide++] = (byte)(value | 0x80);
        head[wide++] = (byte)value;
        if (_bytes.Length - Length < wide) Grow(wide);
        _bytes.AsSpan(start, length).CopyTo(_bytes.AsSpan(start - 1 + wide));
        head[..wide].CopyTo(_bytes.AsSpan(start - 1));
        Length += wide - 1;
    }

    private void Grow(int more) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
}
