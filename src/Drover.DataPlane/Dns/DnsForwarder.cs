using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Drover.DataPlane.Dns;

/// <summary>Asks other resolvers, one after the other, within a time for each.</summary>
/// <param name="timeout">For one resolver.</param>
/// <param name="newId">Message ids that a stranger cannot guess.</param>
/// <param name="time">Measures the timeout.</param>
/// <param name="port">Where resolvers listen.</param>
public sealed class DnsForwarder(TimeSpan timeout, Func<ushort> newId, TimeProvider time, int port = 53)
{
    /// <summary>The answer to a query's bytes, with the query's own id; null where nobody answers. An answer that was cut is fetched again over TCP where the asker uses that.</summary>
    public async Task<byte[]?> AskAsync(ReadOnlyMemory<byte> query, ImmutableArray<IPAddress> resolvers, bool overTcp, CancellationToken cancel)
    {
        if (DnsReader.ReadQuery(query.Span) is not { Questions.Count: 1 } asked) return null;
        var sent = query.ToArray();
        var id = newId();
        BinaryPrimitives.WriteUInt16BigEndian(sent, id);
        byte[]? failure = null;
        foreach (var resolver in resolvers)
        {
            if (await TryAsync(sent, id, asked, new IPEndPoint(resolver, port), overTcp, cancel) is not { } answer) continue;
            BinaryPrimitives.WriteUInt16BigEndian(answer, asked.Id);
            if ((DnsCode)(answer[3] & 0xF) is not (DnsCode.ServerFailure or DnsCode.Refused or DnsCode.NotImplemented)) return answer;
            failure ??= answer;
        }

        return failure;
    }

    private async Task<byte[]?> TryAsync(byte[] sent, ushort id, DnsMessage asked, IPEndPoint resolver, bool overTcp, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return overTcp ? await OverTcpAsync(sent, id, asked, resolver, either.Token) : await OverUdpAsync(sent, id, asked, resolver, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return null;
        }
    }

    /// <summary>A socket per question, connected: the port is new each time and strangers' packets are dropped by the kernel.</summary>
    private static async Task<byte[]?> OverUdpAsync(byte[] sent, ushort id, DnsMessage asked, IPEndPoint resolver, CancellationToken cancel)
    {
        using var socket = new Socket(resolver.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(resolver, cancel);
        await socket.SendAsync(sent, cancel);
        var buffer = new byte[DnsAnswers.MaxPayload];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancel);
            if (Answers(buffer.AsSpan(0, length), id, asked)) return buffer[..length];
        }
    }

    private static async Task<byte[]?> OverTcpAsync(byte[] sent, ushort id, DnsMessage asked, IPEndPoint resolver, CancellationToken cancel)
    {
        using var socket = new Socket(resolver.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(resolver, cancel);
        await using var stream = new NetworkStream(socket);
        await DnsStream.WriteAsync(stream, sent, cancel);
        return await DnsStream.ReadAsync(stream, ushort.MaxValue, cancel) is { } answer && Answers(answer, id, asked) ? answer : null;
    }

    private static bool Answers(ReadOnlySpan<byte> packet, ushort id, DnsMessage asked)
        => DnsReader.Read(packet) is { IsResponse: true, Questions.Count: 1 } answer
            && answer.Id == id
            && answer.Questions[0].Type == asked.Questions[0].Type
            && answer.Questions[0].Class == asked.Questions[0].Class
            && string.Equals(answer.Questions[0].Name, asked.Questions[0].Name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>DNS messages on a TCP stream: two bytes of length before each (RFC 1035 section 4.2.2).</summary>
public static class DnsStream
{
    /// <summary>The next message; null at the end of the stream, or where it is longer than wanted.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, int limit, CancellationToken cancel)
    {
        var length = new byte[2];
        if (await stream.ReadAtLeastAsync(length, 2, throwOnEndOfStream: false, cancel) < 2) return null;
        int size = BinaryPrimitives.ReadUInt16BigEndian(length);
        if (size > limit) return null;
        var message = new byte[size];
        return await stream.ReadAtLeastAsync(message, size, throwOnEndOfStream: false, cancel) < size ? null : message;
    }

    /// <summary>Writes length and message in one piece.</summary>
    public static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> message, CancellationToken cancel)
    {
        var framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed.AsMemory(2));
        await stream.WriteAsync(framed, cancel);
    }
}
