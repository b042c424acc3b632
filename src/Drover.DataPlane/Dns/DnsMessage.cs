using System.Collections.Immutable;
using System.Net;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Dns;

/// <summary>Types of records that we know by name; others pass as numbers.</summary>
public enum DnsType : ushort
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Opt = 41,
    Any = 255,
}

/// <summary>How an answer went (RFC 1035 section 4.1.1, RFC 6891 section 9).</summary>
public enum DnsCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    BadVersion = 16,
}

/// <summary>A DNS message. Names are dotted text without the last dot; the root is "".</summary>
public sealed record DnsMessage
{
    /// <summary>The class of the Internet.</summary>
    public const ushort Internet = 1;

    public ushort Id { get; init; }
    public bool IsResponse { get; init; }

    /// <summary>0 for a plain query.</summary>
    public int Opcode { get; init; }
    public bool IsAuthoritative { get; init; }
    public bool IsTruncated { get; init; }
    public bool RecursionDesired { get; init; }
    public bool RecursionAvailable { get; init; }

    /// <summary>The bits Z, AD and CD as they stand in the header.</summary>
    public int Reserved { get; init; }

    /// <summary>The lower four bits; the upper ones travel in <see cref="DnsEdns"/>.</summary>
    public DnsCode Code { get; init; }
    public EquatableArray<DnsQuestion> Questions { get; init; } = [];
    public EquatableArray<DnsRecord> Answers { get; init; } = [];
    public EquatableArray<DnsRecord> Authorities { get; init; } = [];

    /// <summary>Without the OPT record, which is <see cref="Edns"/>.</summary>
    public EquatableArray<DnsRecord> Additionals { get; init; } = [];

    /// <summary>The OPT record; null where the sender does not speak EDNS(0).</summary>
    public DnsEdns? Edns { get; init; }
}

/// <summary>One question.</summary>
public sealed record DnsQuestion(string Name, DnsType Type, ushort Class = DnsMessage.Internet);

/// <summary>One record.</summary>
/// <param name="Ttl">Seconds.</param>
public sealed record DnsRecord(string Name, DnsType Type, ushort Class, uint Ttl, DnsData Data);

/// <summary>What EDNS(0) adds to a message (RFC 6891).</summary>
/// <param name="PayloadSize">The largest UDP message in bytes that the sender takes.</param>
/// <param name="ExtendedCode">The upper eight bits of the answer's code.</param>
/// <param name="IsDnssecOk">The DO bit.</param>
public sealed record DnsEdns(ushort PayloadSize, byte ExtendedCode = 0, byte Version = 0, bool IsDnssecOk = false)
{
    /// <summary>Options as they stand on the wire.</summary>
    public EquatableArray<byte> Options { get; init; } = [];
}

/// <summary>The data of a record.</summary>
public abstract record DnsData
{
    private DnsData()
    {
    }

    /// <summary>Of A and AAAA.</summary>
    public sealed record Address(IPAddress Value) : DnsData;

    /// <summary>Of CNAME, NS and PTR.</summary>
    public sealed record Target(string Name) : DnsData;

    /// <summary>Of SOA; times in seconds.</summary>
    public sealed record StartOfAuthority(string Server, string Mailbox, uint Serial, uint Refresh, uint Retry, uint Expire, uint Minimum) : DnsData;

    /// <summary>Of every other type, as it stands on the wire. Names in it may point into the message it was read from.</summary>
    public sealed record Raw(EquatableArray<byte> Bytes) : DnsData
    {
        /// <summary>Raw data of some bytes.</summary>
        public static Raw Of(ReadOnlySpan<byte> bytes) => new(new EquatableArray<byte>(ImmutableArray.Create(bytes)));
    }
}
