using System.Buffers.Binary;
using System.Numerics;

namespace Drover.Store.Journal.Sqlite;

/// <summary>CRC-32C, so that a damaged row or frame is found before it is believed.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var rest in bytes) sum = BitOperations.Crc32C(sum, rest);
        return ~sum;
    }
}
