using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Dns;

/// <summary>Reads DNS messages. Never throws, and never holds more than the packet justifies.</summary>
public static class DnsReader
{
    /// <summary>Bytes of a message's header.</summary>
    public const int HeaderBytes = 12;

    /// <summary>Reads a whole message; null for a malformed one.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < HeaderBytes) return null;
        var at = HeaderBytes;
        if (Questions(packet, ref at, Word(packet, 4)) is not { } questions
            || Records(packet, ref at, Word(packet, 6)) is not { } answers
            || Records(packet, ref at, Word(packet, 8)) is not { } authorities
            || Records(packet, ref at, Word(packet, 10)) is not { } additionals)
            return null;

        var options = additionals.Items.Where(r => r.Type == DnsType.Opt).ToList();
        if (options.Count > 1) return null;
        return Header(packet) with
        {
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
            Additionals = options.Count == 0 ? additionals : [.. additionals.Items.Where(r => r.Type != DnsType.Opt)],
            Edns = options.Count == 0 ? null : Edns(options[0]),
        };
    }

    /// <summary>Reads a question from a client; null for what is none: malformed, an answer, or carrying more than a question does.</summary>
    public static DnsMessage? ReadQuery(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < HeaderBytes || (packet[2] & 0x80) != 0) return null;
        return Word(packet, 4) > 4 || Word(packet, 6) != 0 || Word(packet, 8) != 0 || Word(packet, 10) > 4 ? null : Read(packet);
    }

    private static DnsMessage Header(ReadOnlySpan<byte> packet) => new()
    {
        Id = Word(packet, 0),
        IsResponse = (packet[2] & 0x80) != 0,
        Opcode = (packet[2] >> 3) & 0xF,
        IsAuthoritative = (packet[2] & 0x04) != 0,
        IsTruncated = (packet[2] & 0x02) != 0,
        RecursionDesired = (packet[2] & 0x01) != 0,
        RecursionAvailable = (packet[3] & 0x80) != 0,
        Reserved = (packet[3] >> 4) & 0x7,
        Code = (DnsCode)(packet[3] & 0xF),
    };

    private static EquatableArray<DnsQuestion>? Questions(ReadOnlySpan<byte> packet, ref int at, int count)
    {
        var questions = ImmutableArray.CreateBuilder<DnsQuestion>();
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(packet, ref at, out var name) || at + 4 > packet.Length) return null;
            questions.Add(new DnsQuestion(name, (DnsType)Word(packet, at), Word(packet, at + 2)));
            at += 4;
        }

        return new(questions.ToImmutable());
    }

    private static EquatableArray<DnsRecord>? Records(ReadOnlySpan<byte> packet, ref int at, int count)
    {
        var records = ImmutableArray.CreateBuilder<DnsRecord>();
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(packet, ref at, out var name) || at + 10 > packet.Length) return null;
            var type = (DnsType)Word(packet, at);
            var length = Word(packet, at + 8);
            var start = at + 10;
            if (start + length > packet.Length || Data(packet, type, start, length) is not { } data) return null;
            records.Add(new DnsRecord(name, type, Word(packet, at + 2), Long(packet, at + 4), data));
            at = start + length;
        }

        return new(records.ToImmutable());
    }

    private static DnsData? Data(ReadOnlySpan<byte> packet, DnsType type, int start, int length)
    {
        switch (type)
        {
            case DnsType.A:
                return length == 4 ? new DnsData.Address(new IPAddress(packet.Slice(start, 4))) : null;
            case DnsType.Aaaa:
                return length == 16 ? new DnsData.Address(new IPAddress(packet.Slice(start, 16))) : null;
            case DnsType.Cname or DnsType.Ns or DnsType.Ptr:
                var at = start;
                return DnsName.TryRead(packet, ref at, out var name) && at == start + length ? new DnsData.Target(name) : null;
            case DnsType.Soa:
                return Soa(packet, start, start + length);
            default:
                return DnsData.Raw.Of(packet.Slice(start, length));
        }
    }

    private static DnsData.StartOfAuthority? Soa(ReadOnlySpan<byte> packet, int at, int end)
        => DnsName.TryRead(packet, ref at, out var server) && DnsName.TryRead(packet, ref at, out var mailbox) && at + 20 == end
            ? new DnsData.StartOfAuthority(server, mailbox, Long(packet, at), Long(packet, at + 4), Long(packet, at + 8), Long(packet, at + 12), Long(packet, at + 16))
            : null;

    private static DnsEdns Edns(DnsRecord record) => new(
        record.Class,
        (byte)(record.Ttl >> 24),
        (byte)(record.Ttl >> 16),
        (record.Ttl & 0x8000) != 0)
    {
        Options = ((DnsData.Raw)record.Data).Bytes,
    };

    private static ushort Word(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);

    private static uint Long(ReadOnlySpan<byte> packet, int at) => BinaryPrimitives.ReadUInt32BigEndian(packet[at..]);
}
