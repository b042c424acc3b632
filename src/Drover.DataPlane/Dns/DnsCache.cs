using System.Buffers.Binary;

namespace Drover.DataPlane.Dns;

/// <summary>A small memory of others' answers. Thread-safe.</summary>
/// <param name="capacity">Answers at most; the ones not used for longest go first.</param>
/// <param name="time">Tells their age.</param>
public sealed class DnsCache(int capacity, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Kept>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Kept> _byUse = [];

    /// <summary>The number of answers held.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _byKey.Count;
        }
    }

    /// <summary>What tells answers apart: the question, how it is asked and whom.</summary>
    public static string Key(DnsMessage query, IEnumerable<System.Net.IPAddress> resolvers, bool overTcp)
    {
        var question = query.Questions[0];
        return $"{question.Name.ToLowerInvariant()} {(int)question.Type} {overTcp} {query.Reserved} {query.Edns?.IsDnssecOk} {query.Edns?.PayloadSize} {string.Join(',', resolvers)}";
    }

    /// <summary>A kept answer with this id and what is left of its times; null where there is none.</summary>
    public byte[]? Find(string key, ushort id)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node)) return null;
            var age = time.GetElapsedTime(node.Value.Since);
            _byUse.Remove(node);
            if (age >= node.Value.Lasts)
            {
                _byKey.Remove(key);
                return null;
            }

            _byUse.AddFirst(node);
            var answer = (byte[])node.Value.Answer.Clone();
            BinaryPrimitives.WriteUInt16BigEndian(answer, id);
            foreach (var at in node.Value.Ttls)
            {
                var ttl = BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(at));
                BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(at), ttl - Math.Min(ttl, (uint)age.TotalSeconds));
            }

            return answer;
        }
    }

    /// <summary>Keeps an answer for as long as its shortest record; not one that failed or was cut.</summary>
    public void Keep(string key, byte[] answer)
    {
        if (DnsReader.Read(answer) is not { IsTruncated: false, Code: DnsCode.NoError or DnsCode.NameError } message) return;
        if (Lasts(message) is not { } lasts || TtlPositions(answer) is not { } positions) return;
        lock (_lock)
        {
            if (_byKey.Remove(key, out var old)) _byUse.Remove(old);
            _byKey[key] = _byUse.AddFirst(new Kept(key, (byte[])answer.Clone(), positions, time.GetTimestamp(), lasts));
            while (_byKey.Count > capacity)
            {
                _byKey.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }
        }
    }

    /// <summary>An empty answer lasts as its SOA record says (RFC 2308); null for one that may not be kept.</summary>
    private static TimeSpan? Lasts(DnsMessage message)
    {
        var seconds = message.Answers.Count > 0
            ? message.Answers.Items.Min(r => r.Ttl)
            : message.Authorities.Items.Select(r => r.Data is DnsData.StartOfAuthority soa ? Math.Min(r.Ttl, soa.Minimum) : 0).DefaultIfEmpty(0u).Max();
        if (seconds == 0) return null;
        var lasts = TimeSpan.FromSeconds(seconds);
        return lasts < Longest ? lasts : Longest;
    }

    private static List<int>? TtlPositions(ReadOnlySpan<byte> packet)
    {
        var (positions, at) = (new List<int>(), DnsReader.HeaderBytes);
        for (var i = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]); i > 0; i--)
        {
            if (!DnsName.TryRead(packet, ref at, out _)) return null;
            at += 4;
        }

        var records = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) + BinaryPrimitives.ReadUInt16BigEndian(packet[8..]) + BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        for (; records > 0; records--)
        {
            if (!DnsName.TryRead(packet, ref at, out _)) return null;
            if ((DnsType)BinaryPrimitives.ReadUInt16BigEndian(packet[at..]) != DnsType.Opt) positions.Add(at + 4);
            at += 10 + BinaryPrimitives.ReadUInt16BigEndian(packet[(at + 8)..]);
        }

        return positions;
    }

    private sealed record Kept(string Key, byte[] Answer, List<int> Ttls, long Since, TimeSpan Lasts);
}
