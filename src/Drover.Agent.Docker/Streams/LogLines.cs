using System.Buffers;
using System.Text;

namespace Drover.Agent.Docker.Streams;

/// <summary>Makes the engine's pieces into whole lines with the contract's prefix: "01 " standard output, "02 " standard error, "00 " a terminal's. The engine's lines begin with their time.</summary>
/// <param name="timestamps">True to leave the times in.</param>
/// <param name="after">Lines up to this time (the engine's text of it) were told already; null for none.</param>
internal sealed class LogLines(bool timestamps, string? after)
{
    /// <summary>A longer line is told in pieces of this many bytes.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly string? _after = after;
    private readonly Line[] _lines = [new(), new(), new(), new()];

    /// <summary>The time of the newest line, as the engine writes it; null before the first.</summary>
    public string? Last { get; private set; } = after;

    /// <summary>Takes a piece in and writes the lines that it completes.</summary>
    /// <param name="which">0 to 3, as the engine counts its streams.</param>
    /// <param name="bytes">The piece.</param>
    /// <param name="endsFrame">True where the engine's frame ends: what is not a whole line by then goes on in the stream's next frame, behind another time.</param>
    /// <param name="output">Gets the lines.</param>
    public void Add(byte which, ReadOnlySequence<byte> bytes, bool endsFrame, IBufferWriter<byte> output)
    {
        var line = _lines[which];
        if (line.FrameEnded && line.Bytes.WrittenCount > 0) line.SkipsTime = true;
        line.FrameEnded = endsFrame;
        foreach (var segment in bytes) Add(line, which, segment.Span, output);
    }

    /// <summary>Writes what has no line feed yet.</summary>
    public void Flush(IBufferWriter<byte> output)
    {
        for (byte which = 0; which < _lines.Length; which++)
            if (_lines[which].Bytes.WrittenCount > 0)
                Emit(_lines[which], which, output);
    }

    private void Add(Line line, byte which, ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (line.SkipsTime)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space < 0) return;
            bytes = bytes[(space + 1)..];
            line.SkipsTime = false;
        }

        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var room = LongestLine - line.Bytes.WrittenCount;
            if (end >= 0 && end <= room)
            {
                line.Bytes.Write(bytes[..end]);
                Emit(line, which, output);
                bytes = bytes[(end + 1)..];
            }
            else
            {
                var count = Math.Min(room, bytes.Length);
                line.Bytes.Write(bytes[..count]);
                bytes = bytes[count..];
                if (line.Bytes.WrittenCount == LongestLine) EmitPiece(line, which, output);
            }
        }
    }

    /// <summary>The rest of the line is told under the same time.</summary>
    private void EmitPiece(Line line, byte which, IBufferWriter<byte> output)
    {
        var text = line.Bytes.WrittenSpan;
        var time = text[..(text.IndexOf((byte)' ') + 1)].ToArray();
        Emit(line, which, output);
        line.Bytes.Write(time);
        line.IsPiece = true;
    }

    private void Emit(Line line, byte which, IBufferWriter<byte> output)
    {
        var text = line.Bytes.WrittenSpan;
        var space = text.IndexOf((byte)' ');
        var time = space > 0 ? Encoding.ASCII.GetString(text[..space]) : null;
        if (line.IsPiece || _after is null || time is null || string.CompareOrdinal(time, _after) > 0)
        {
            if (time is not null && string.CompareOrdinal(time, Last) > 0) Last = time;
            output.Write([(byte)'0', (byte)('0' + Math.Min(which, (byte)2)), (byte)' ']);
            output.Write(timestamps || space < 0 ? text : text[(space + 1)..]);
            output.Write("\n"u8);
        }

        line.IsPiece = false;
        line.Bytes.ResetWrittenCount();
    }

    private sealed class Line
    {
        public ArrayBufferWriter<byte> Bytes { get; } = new(256);

        public bool FrameEnded { get; set; }

        public bool SkipsTime { get; set; }

        public bool IsPiece { get; set; }
    }
}
