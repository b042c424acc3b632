using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Drover.DataPlane.Names;

namespace Drover.DataPlane.Dns;

/// <summary>What is to be done about a question.</summary>
public abstract record DnsReply
{
    private DnsReply()
    {
    }

    /// <summary>Send this.</summary>
    public sealed record Answer(DnsMessage Message) : DnsReply;

    /// <summary>Ask these first, then the host's resolvers.</summary>
    public sealed record Forward(ImmutableArray<IPAddress> Resolvers) : DnsReply;

    /// <summary>Send this with the addresses of the target behind it, which others know.</summary>
    public sealed record Chase(DnsMessage Message, string Target, ImmutableArray<IPAddress> Resolvers) : DnsReply;
}

/// <summary>Answers questions from the environment, as 1.6 did (features.md section 10). Reads no clock and no network.</summary>
public static class DnsAnswers
{
    /// <summary>Seconds that an answer may be kept (DNS-15).</summary>
    public const uint Ttl = 1;

    /// <summary>The largest UDP message we send and say we take.</summary>
    public const ushort MaxPayload = 4096;

    private const int MaxChain = 10;

    /// <param name="query">One that <see cref="DnsReader.ReadQuery"/> took.</param>
    /// <param name="index">The environment.</param>
    /// <param name="source">Who asks.</param>
    /// <param name="order">Turns the addresses.</param>
    public static DnsReply Reply(DnsMessage query, EnvironmentIndex index, IPAddress source, uint order)
    {
        if (query.Opcode != 0) return Refuse(query, DnsCode.NotImplemented);
        if (query.Questions.Count != 1) return Refuse(query, DnsCode.FormatError);
        if (query.Edns is { Version: > 0 }) return new DnsReply.Answer(Failure(query, DnsCode.BadVersion));
        var question = query.Questions[0];
        if (question.Class != DnsMessage.Internet || question.Type == DnsType.Any) return Refuse(query, DnsCode.NotImplemented);
        if (question.Type == DnsType.Ptr && Reversed(question.Name) is { } address)
            return NameResolver.NameOf(index, address) is { } name
                ? new DnsReply.Answer(Success(query, [new DnsRecord(question.Name, DnsType.Ptr, DnsMessage.Internet, Ttl, new DnsData.Target(name))]))
                : new DnsReply.Forward(NameResolver.Resolvers(index, source));
        return Follow(query, index, source, order);
    }

    /// <summary>An answer that says how it failed.</summary>
    public static DnsMessage Failure(DnsMessage query, DnsCode code) => Success(query, []) with
    {
        IsAuthoritative = false,
        Code = (DnsCode)((int)code & 0xF),
        Edns = query.Edns is null ? null : new DnsEdns(MaxPayload, (byte)((int)code >> 4)),
    };

    /// <summary>Bytes that a UDP answer may have.</summary>
    public static int PayloadOf(DnsMessage query) => Math.Clamp(query.Edns?.PayloadSize ?? 512, (ushort)512, MaxPayload);

    private static DnsReply.Answer Refuse(DnsMessage query, DnsCode code)
        => new(Failure(query, code) with { RecursionAvailable = false, RecursionDesired = false });

    private static DnsReply Follow(DnsMessage query, EnvironmentIndex index, IPAddress source, uint order)
    {
        var question = query.Questions[0];
        var (records, name) = (new List<DnsRecord>(), question.Name);
        while (true)
        {
            switch (NameResolver.Resolve(index, source, name, order))
            {
                case NameAnswer.Addresses found:
                    records.AddRange(found.Items.Where(a => TypeOf(a) == question.Type).Select(a => Record(name, question.Type, new DnsData.Address(a))));
                    return new DnsReply.Answer(Success(query, records));
                case NameAnswer.Alias alias when records.Count < MaxChain && DnsName.TrySplit(alias.Target, out _):
                    records.Add(Record(name, DnsType.Cname, new DnsData.Target(alias.Target.TrimEnd('.'))));
                    name = alias.Target.TrimEnd('.');
                    if (question.Type is not (DnsType.A or DnsType.Aaaa)) return new DnsReply.Answer(Success(query, records));
                    break;
                case NameAnswer.Elsewhere elsewhere:
                    return records.Count == 0
                        ? new DnsReply.Forward(elsewhere.Resolvers)
                        : new DnsReply.Chase(Success(query, records), name, elsewhere.Resolvers);
                case NameAnswer.Missing when records.Count > 0:
                    return new DnsReply.Answer(Success(query, records));
                case NameAnswer.Missing:
                    return new DnsReply.Answer(Success(query, []) with { Code = DnsCode.NameError, Authorities = [Authority()] });
                default:
                    return new DnsReply.Answer(Failure(query, DnsCode.ServerFailure));
            }
        }
    }

    private static DnsMessage Success(DnsMessage query, IEnumerable<DnsRecord> answers) => new()
    {
        Id = query.Id,
        IsResponse = true,
        Opcode = query.Opcode,
        IsAuthoritative = true,
        RecursionDesired = query.RecursionDesired,
        RecursionAvailable = true,
        Questions = query.Questions,
        Answers = [.. answers],
        Edns = query.Edns is null ? null : new DnsEdns(MaxPayload),
    };

    private static DnsRecord Record(string name, DnsType type, DnsData data) => new(name, type, DnsMessage.Internet, Ttl, data);

    private static DnsRecord Authority() => Record(
        NameResolver.Domain, DnsType.Soa, new DnsData.StartOfAuthority(NameResolver.Domain, NameResolver.Domain, 1, 60, 10, 86400, 1));

    private static DnsType TypeOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa;

    /// <summary>The address that a name such as "4.3.2.1.in-addr.arpa" asks for; null for others.</summary>
    private static IPAddress? Reversed(string name)
    {
        const string Suffix = ".in-addr.arpa";
        if (!name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) return null;
        var parts = name[..^Suffix.Length].Split('.');
        if (parts.Length != 4) return null;
        var bytes = new byte[4];
        for (var i = 0; i < 4; i++)
            if (!byte.TryParse(parts[3 - i], NumberStyles.None, CultureInfo.InvariantCulture, out bytes[i]))
                return null;
        return new IPAddress(bytes);
    }
}
