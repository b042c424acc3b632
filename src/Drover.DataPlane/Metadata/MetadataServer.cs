using System.Net;
using System.Net.Sockets;
using Drover.DataPlane.Sockets;
using Microsoft.Extensions.Logging;

namespace Drover.DataPlane.Metadata;

/// <summary>Serves the metadata over HTTP/1.1 on one address and port. Small on purpose: it reads GET and HEAD and nothing else.</summary>
public sealed class MetadataServer : IAsyncDisposable
{
    private const int MaxConnections = 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly EnvironmentSource _environment;
    private readonly TimeProvider _time;
    private readonly TcpService _tcp;

    private MetadataServer(Socket listener, EnvironmentSource environment, TimeProvider time, ILogger log)
    {
        (_environment, _time) = (environment, time);
        Endpoint = (IPEndPoint)listener.LocalEndPoint!;
        _tcp = new TcpService(listener, MaxConnections, ServeAsync, time, log);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Listens. Throws <see cref="SocketException"/> where the port is taken.</summary>
    /// <param name="at">Port 0 picks a free one.</param>
    public static MetadataServer Start(IPEndPoint at, EnvironmentSource environment, TimeProvider time, ILogger log)
        => new(ServiceSockets.Tcp(at), environment, time, log);

    /// <summary>Serves on a socket that listens already; it is taken over.</summary>
    public static MetadataServer Start(Socket listener, EnvironmentSource environment, TimeProvider time, ILogger log)
        => new(listener, environment, time, log);

    public ValueTask DisposeAsync() => _tcp.DisposeAsync();

    private async Task ServeAsync(Stream stream, IPAddress source, CancellationToken cancel)
    {
        var asker = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        var buffer = new byte[2048];
        var filled = 0;
        while (true)
        {
            int end;
            using (var idle = new CancellationTokenSource(Idle, _time))
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancel))
            {
                while ((end = buffer.AsSpan(0, filled).IndexOf(EndOfHead)) < 0)
                {
                    if (filled == MetadataRequest.MaxHeadBytes) return;
                    if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                    var read = await stream.ReadAsync(buffer.AsMemory(filled), either.Token);
                    if (read == 0) return;
                    filled += read;
                }
            }

            var request = MetadataRequest.Read(buffer.AsSpan(0, end));
            var response = request is null ? new MetadataResponse(400, "400 Bad Request", IsOurs: false) : await AnswerAsync(request, asker, cancel);
            var keepsAlive = request is { KeepsAlive: true };
            await WriteAsync(stream, response.ToBytes(_time.GetUtcNow(), request?.Method == "HEAD", keepsAlive), cancel);
            if (!keepsAlive) return;
            filled -= end + EndOfHead.Length;
            buffer.AsSpan(end + EndOfHead.Length, filled).CopyTo(buffer);
        }
    }

    private async Task<MetadataResponse> AnswerAsync(MetadataRequest request, IPAddress asker, CancellationToken cancel)
    {
        if (MetadataAnswers.WaitOf(request) is { } wait)
        {
            using var late = new CancellationTokenSource(wait.Longest, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
            var state = _environment.Current;
            while (!late.IsCancellationRequested && !MetadataAnswers.IsOver(request, wait, state, asker))
            {
                await state.Next.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancel.ThrowIfCancellationRequested();
                state = _environment.Current;
            }
        }

        return MetadataAnswers.Answer(request, _environment.Current, asker);
    }

    private async Task WriteAsync(Stream stream, byte[] bytes, CancellationToken cancel)
    {
        using var slow = new CancellationTokenSource(Idle, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, cancel);
        await stream.WriteAsync(bytes, either.Token);
    }
}
