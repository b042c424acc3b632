using System.Buffers;
using System.Buffers.Binary;

namespace Drover.Agent.Docker.Engine;

/// <summary>Takes apart the frames in which the engine sends standard output and standard error: one byte for which, three empty, four for the length, then the bytes (Engine API, "attach").</summary>
public sealed class StandardStreams
{
    public const byte Output = 1;
    public const byte Error = 2;

    private const int HeaderLength = 8;

    private uint _left;
    private byte _which;

    /// <summary>Takes what there is of the next frame, header first; false where more bytes are needed. Throws <see cref="IOException"/> on damage.</summary>
    /// <param name="from">What was read; what is taken is cut off.</param>
    /// <param name="piece">A frame's bytes, or some of them.</param>
    public bool TryTake(ref ReadOnlySequence<byte> from, out StandardPiece piece)
    {
        piece = default;
        Span<byte> header = stackalloc byte[HeaderLength];
        while (_left == 0)
        {
            if (from.Length < HeaderLength) return false;
            from.Slice(0, HeaderLength).CopyTo(header);
            if (header[0] > 3 || header[1] != 0 || header[2] != 0 || header[3] != 0) throw new IOException("The engine's stream is damaged");
            _which = header[0];
            _left = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
            from = from.Slice(HeaderLength);
        }

        if (from.IsEmpty) return false;
        var count = Math.Min(_left, from.Length);
        _left -= (uint)count;
        piece = new StandardPiece(_which, from.Slice(0, count), _left == 0);
        from = from.Slice(count);
        return true;
    }
}

/// <summary>Bytes of one frame.</summary>
/// <param name="Which"><see cref="StandardStreams.Output"/> or <see cref="StandardStreams.Error"/>; 0 for a terminal's.</param>
/// <param name="Bytes">Valid until the next read.</param>
/// <param name="EndsFrame">True where the frame has no more.</param>
public readonly record struct StandardPiece(byte Which, ReadOnlySequence<byte> Bytes, bool EndsFrame);
