using System.Collections.Immutable;
using System.Net;
using Drover.Model.Kernel;

namespace Drover.DataPlane.Dns;

/// <summary>Turns packets into answers: from the environment where it knows, from others' resolvers where it does not.</summary>
/// <param name="source">The environment.</param>
/// <param name="hostResolvers">The resolvers of the host, asked after a container's own.</param>
/// <param name="forwarder">Asks them.</param>
/// <param name="cache">Remembers what they said.</param>
/// <param name="maxForwards">Questions that may wait for others at one time; more fail at once.</param>
public sealed class DnsResponder(
    EnvironmentSource source, Func<ImmutableArray<IPAddress>> hostResolvers, DnsForwarder forwarder, DnsCache cache, int maxForwards = 256) : IDisposable
{
    private readonly SemaphoreSlim _forwards = new(maxForwards);
    private uint _order;

    public void Dispose() => _forwards.Dispose();

    /// <summary>The answer to a packet; null where it deserves none. What the environment knows is answered before the call returns; the packet is not used after that.</summary>
    public ValueTask<byte[]?> RespondAsync(ReadOnlyMemory<byte> packet, IPAddress asker, bool overTcp, CancellationToken cancel)
    {
        if (DnsReader.ReadQuery(packet.Span) is not { } query) return ValueTask.FromResult<byte[]?>(null);
        var limit = overTcp ? ushort.MaxValue : DnsAnswers.PayloadOf(query);
        return DnsAnswers.Reply(query, source.Current.Index, asker, Interlocked.Increment(ref _order)) switch
        {
            DnsReply.Answer answer => ValueTask.FromResult<byte[]?>(DnsWriter.Write(answer.Message, limit)),
            DnsReply.Forward forward => new ValueTask<byte[]?>(ForwardAsync(query, packet.ToArray(), forward.Resolvers, (overTcp, limit), cancel)),
            DnsReply.Chase chase => new ValueTask<byte[]?>(ChaseAsync(query, chase, (overTcp, limit), cancel)),
            _ => ValueTask.FromResult<byte[]?>(null),
        };
    }

    private async Task<byte[]?> ForwardAsync(DnsMessage query, byte[] packet, ImmutableArray<IPAddress> resolvers, (bool OverTcp, int Limit) way, CancellationToken cancel)
    {
        var answer = await AskAsync(query, packet, resolvers, way.OverTcp, cancel);
        if (answer is null) return DnsWriter.Write(DnsAnswers.Failure(query, DnsCode.ServerFailure));
        return answer.Length <= way.Limit ? answer : DnsWriter.Write(DnsAnswers.Failure(query, DnsCode.NoError) with { IsTruncated = true });
    }

    private async Task<byte[]?> ChaseAsync(DnsMessage query, DnsReply.Chase chase, (bool OverTcp, int Limit) way, CancellationToken cancel)
    {
        var next = query with { Questions = [query.Questions[0] with { Name = chase.Target }], Edns = null, RecursionDesired = true };
        var found = await AskAsync(next, DnsWriter.Write(next), chase.Resolvers, way.OverTcp, cancel) is { } bytes ? DnsReader.Read(bytes) : null;
        if (found is null) return DnsWriter.Write(DnsAnswers.Failure(query, DnsCode.ServerFailure));
        var behind = found.Answers.Items.Where(r => r.Data is DnsData.Address or DnsData.Target);
        return DnsWriter.Write(chase.Message with { Code = found.Code, IsTruncated = found.IsTruncated, Answers = chase.Message.Answers.Items.Concat(behind).ToEquatableArray() }, way.Limit);
    }

    private async Task<byte[]?> AskAsync(DnsMessage query, byte[] packet, ImmutableArray<IPAddress> own, bool overTcp, CancellationToken cancel)
    {
        ImmutableArray<IPAddress> resolvers = [.. own.Concat(hostResolvers()).Distinct()];
        var key = DnsCache.Key(query, resolvers, overTcp);
        if (cache.Find(key, query.Id) is { } kept) return kept;
        if (!await _forwards.WaitAsync(0, cancel)) return null;
        try
        {
            var answer = await forwarder.AskAsync(packet, resolvers, overTcp, cancel);
            if (answer is not null) cache.Keep(key, answer);
            return answer;
        }
        finally
        {
            _forwards.Release();
        }
    }
}
