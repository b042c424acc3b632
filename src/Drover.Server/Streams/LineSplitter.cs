using System.Buffers;

namespace Drover.Server.Streams;

/// <summary>Cuts bytes that arrive in any pieces into lines, each with its line feed.</summary>
public sealed class LineSplitter
{
    /// <summary>A longer line is handed on in pieces.</summary>
    public const int LongestLine = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _rest = new();

    /// <summary>Hands on every line that the bytes complete, in order, waiting for each.</summary>
    public async Task AddAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> take)
    {
        while (bytes.Span.IndexOf((byte)'\n') is >= 0 and var end)
        {
            var line = bytes[..(end + 1)];
            bytes = bytes[(end + 1)..];
            if (_rest.WrittenCount > 0)
            {
                _rest.Write(line.Span);
                line = _rest.WrittenMemory;
            }

            await take(line).ConfigureAwait(false);
            _rest.ResetWrittenCount();
        }

        _rest.Write(bytes.Span);
        if (_rest.WrittenCount < LongestLine) return;
        await take(_rest.WrittenMemory).ConfigureAwait(false);
        _rest.ResetWrittenCount();
    }
}
