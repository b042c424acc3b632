using System.Buffers.Binary;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Dns;

/// <summary>Writes DNS messages with compressed names.</summary>
public sealed class DnsWriter
{
    private const int MaxPointer = 0x3FFF;

    private readonly int _limit;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private byte[] _buffer = new byte[512];
    private int _at;

    private DnsWriter(int limit) => _limit = limit;

    /// <summary>Writes a message of at most so many bytes. Records that do not fit are left out and the message says it is truncated. Throws <see cref="ArgumentException"/> for names that are none.</summary>
    /// <param name="limit">At least 512.</param>
    public static byte[] Write(DnsMessage message, int limit = ushort.MaxValue)
    {
        var writer = new DnsWriter(Math.Clamp(limit, 512, ushort.MaxValue));
        writer.Message(message);
        return writer._buffer[..writer._at];
    }

    private void Message(DnsMessage message)
    {
        var reserved = message.Edns is { } edns ? 11 + edns.Options.Count : 0;
        _at = DnsReader.HeaderBytes;
        var questions = Section(message.Questions, Question, reserved);
        var answers = Section(message.Answers, Record, reserved);
        var authorities = answers == message.Answers.Count ? Section(message.Authorities, Record, reserved) : 0;
        var additionals = authorities == message.Authorities.Count ? Section(message.Additionals, Record, reserved) : 0;
        if (message.Edns is not null) Opt(message.Edns);

        var isCut = questions < message.Questions.Count || answers < message.Answers.Count;
        var header = _buffer.AsSpan(0, DnsReader.HeaderBytes);
        BinaryPrimitives.WriteUInt16BigEndian(header, message.Id);
        header[2] = (byte)(Bit(message.IsResponse, 7) | ((message.Opcode & 0xF) << 3) | Bit(message.IsAuthoritative, 2) | Bit(message.IsTruncated || isCut, 1) | Bit(message.RecursionDesired, 0));
        header[3] = (byte)(Bit(message.RecursionAvailable, 7) | ((message.Reserved & 0x7) << 4) | ((int)message.Code & 0xF));
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)questions);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], (ushort)answers);
        BinaryPrimitives.WriteUInt16BigEndian(header[8..], (ushort)authorities);
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], (ushort)(additionals + (message.Edns is null ? 0 : 1)));
    }

    private static int Bit(bool value, int position) => value ? 1 << position : 0;

    /// <summary>Writes as many items as fit; a half-written one is taken back, which is seldom.</summary>
    private int Section<T>(EquatableArray<T> items, Action<T> write, int reserved)
    {
        var written = 0;
        foreach (var item in items)
        {
            var before = _at;
            write(item);
            if (_at + reserved > _limit)
            {
                foreach (var name in _names.Where(n => n.Value >= before).Select(n => n.Key).ToList()) _names.Remove(name);
                _at = before;
                break;
            }

            written++;
        }

        return written;
    }

    private void Question(DnsQuestion question)
    {
        Name(question.Name);
        Word((ushort)question.Type);
        Word(question.Class);
    }

    private void Record(DnsRecord record)
    {
        Name(record.Name);
        Word((ushort)record.Type);
        Word(record.Class);
        Long(record.Ttl);
        var length = _at;
        Take(2);
        Data(record.Data);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(length), (ushort)(_at - length - 2));
    }

    private void Data(DnsData data)
    {
        switch (data)
        {
            case DnsData.Address address:
                Bytes(address.Value.GetAddressBytes());
                break;
            case DnsData.Target target:
                Name(target.Name);
                break;
            case DnsData.StartOfAuthority soa:
                Name(soa.Server);
                Name(soa.Mailbox);
                foreach (var number in (ReadOnlySpan<uint>)[soa.Serial, soa.Refresh, soa.Retry, soa.Expire, soa.Minimum]) Long(number);
                break;
            case DnsData.Raw raw:
                Bytes(raw.Bytes.Items.AsSpan());
                break;
        }
    }

    private void Opt(DnsEdns edns)
    {
        Bytes([0]);
        Word((ushort)DnsType.Opt);
        Word(edns.PayloadSize);
        Long(((uint)edns.ExtendedCode << 24) | ((uint)edns.Version << 16) | (edns.IsDnssecOk ? 0x8000u : 0));
        Word((ushort)edns.Options.Count);
        Bytes(edns.Options.Items.AsSpan());
    }

    private void Name(string name)
    {
        if (!DnsName.TrySplit(name, out var labels)) throw new ArgumentException($"not a domain name: {name}", nameof(name));
        for (var i = 0; i < labels.Count; i++)
        {
            var rest = Key(labels, i);
            if (_names.TryGetValue(rest, out var seen))
            {
                Word((ushort)(0xC000 | seen));
                return;
            }

            if (_at <= MaxPointer) _names.Add(rest, _at);
            Bytes([(byte)labels[i].Length]);
            Bytes(labels[i]);
        }

        Bytes([0]);
    }

    private static string Key(List<byte[]> labels, int from)
        => string.Join('.', labels.Skip(from).Select(Convert.ToHexString));

    private void Word(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    private void Long(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    private void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    private Span<byte> Take(int count)
    {
        if (_at + count > _buffer.Length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _at + count));
        _at += count;
        return _buffer.AsSpan(_at - count, count);
    }
}
