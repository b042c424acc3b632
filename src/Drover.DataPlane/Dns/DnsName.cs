using System.Text;

namespace Drover.DataPlane.Dns;

/// <summary>Names on the wire and as text: bytes that would be mistaken are written as \. or \DDD (RFC 1035 section 5.1).</summary>
public static class DnsName
{
    /// <summary>Bytes that a label may have.</summary>
    public const int MaxLabel = 63;

    /// <summary>Bytes that a name may have on the wire, lengths and the root included.</summary>
    public const int MaxWire = 255;

    /// <summary>Reads a name, following pointers, and moves behind it. False for anything malformed; nothing is thrown.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var (position, lowest, wire, jumped) = (at, at, 1, false);
        while (position < message.Length)
        {
            int length = message[position];
            switch (length & 0xC0)
            {
                case 0 when length == 0:
                    if (!jumped) at = position + 1;
                    name = text.ToString();
                    return true;
                case 0:
                    wire += length + 1;
                    if (wire > MaxWire || position + 1 + length > message.Length) return false;
                    if (text.Length > 0) text.Append('.');
                    Append(text, message.Slice(position + 1, length));
                    position += length + 1;
                    break;
                case 0xC0:
                    if (position + 1 >= message.Length) return false;
                    var target = ((length & 0x3F) << 8) | message[position + 1];

                    // Pointers that only ever lead backwards cannot go round in circles.
                    if (target >= lowest) return false;
                    if (!jumped) at = position + 2;
                    (position, lowest, jumped) = (target, target, true);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Splits a name into the bytes of its labels. False where one is empty or too long, or an escape is wrong.</summary>
    public static bool TrySplit(string name, out List<byte[]> labels)
    {
        labels = [];
        if (name is "" or ".") return true;
        var label = new List<byte>(MaxLabel);
        var wire = 1;
        for (var i = 0; i < name.Length; i++)
        {
            switch (name[i])
            {
                case '.':
                    if (!Close(labels, label, ref wire)) return false;
                    break;
                case '\\' when i + 3 < name.Length && char.IsAsciiDigit(name[i + 1]):
                    if (!byte.TryParse(name.AsSpan(i + 1, 3), out var code)) return false;
                    label.Add(code);
                    i += 3;
                    break;
                case '\\' when i + 1 < name.Length && !char.IsAsciiDigit(name[i + 1]) && char.IsAscii(name[i + 1]):
                    label.Add((byte)name[++i]);
                    break;
                case '\\' or > '\u007e':
                    return false;
                default:
                    label.Add((byte)name[i]);
                    break;
            }
        }

        return label.Count == 0 || Close(labels, label, ref wire);
    }

    private static bool Close(List<byte[]> labels, List<byte> label, ref int wire)
    {
        wire += label.Count + 1;
        if (label.Count is 0 or > MaxLabel || wire > MaxWire) return false;
        labels.Add([.. label]);
        label.Clear();
        return true;
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> label)
    {
        foreach (var b in label)
        {
            if (b is (byte)'.' or (byte)'\\') text.Append('\\').Append((char)b);
            else if (b is > 0x20 and < 0x7F) text.Append((char)b);
            else text.Append('\\').Append((char)('0' + (b / 100))).Append((char)('0' + (b / 10 % 10))).Append((char)('0' + (b % 10)));
        }
    }
}
