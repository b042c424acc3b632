using System.Buffers.Binary;

namespace Drover.Store.Journal.Sqlite;

/// <summary>A snapshot as a file: a mark, then frames of length, checksum and bytes, then a length of zero.</summary>
internal static class SnapshotFile
{
    private static readonly byte[] Mark = "DROVERS1"u8.ToArray();

    /// <summary>Writes a file and returns once it is synced. Answers with its length in bytes.</summary>
    public static long Write(string path, IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        stream.Write(Mark);
        Span<byte> head = stackalloc byte[8];
        foreach (var frame in frames)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head, frame.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Checksum.Of(frame.Span));
            stream.Write(head);
            stream.Write(frame.Span);
        }

        head.Clear();
        stream.Write(head);
        stream.Flush(flushToDisk: true);
        return stream.Length;
    }

    /// <summary>True where the file is there, whole and undamaged.</summary>
    public static bool IsSound(string path, long length)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file && file.Length == length && Read(path).Count() >= 0;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException)
        {
            return false;
        }
    }

    /// <summary>The frames, each good until the next is asked for. Throws <see cref="InvalidDataException"/> where one is damaged.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var head = new byte[8];
        var buffer = new byte[1 << 19];
        Fill(stream, head);
        if (!head.AsSpan().SequenceEqual(Mark)) throw new InvalidDataException("it is no snapshot");
        while (true)
        {
            Fill(stream, head);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length == 0) yield break;
            if (length < 0 || length > stream.Length) throw new InvalidDataException("a frame has an impossible length");
            if (length > buffer.Length) buffer = new byte[length];
            Fill(stream, buffer.AsSpan(0, length));
            if (Checksum.Of(buffer.AsSpan(0, length)) != BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4))) throw new InvalidDataException("a frame is damaged");
            yield return buffer.AsMemory(0, length);
        }
    }

    private static void Fill(FileStream stream, Span<byte> buffer)
    {
        try
        {
            stream.ReadExactly(buffer);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("it ends too early");
        }
    }
}
