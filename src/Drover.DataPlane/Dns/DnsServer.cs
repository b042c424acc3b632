using System.Net;
using System.Net.Sockets;
using Drover.DataPlane.Sockets;
using Microsoft.Extensions.Logging;

namespace Drover.DataPlane.Dns;

/// <summary>Serves DNS over UDP and TCP on one address and port.</summary>
public sealed partial class DnsServer : IAsyncDisposable
{
    private const int MaxConnections = 128;
    private const int MaxQuery = 4096;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(50);

    private readonly Socket _udp;
    private readonly TcpService _tcp;
    private readonly DnsResponder _responder;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _receiving;

    private DnsServer(Socket udp, Socket tcp, DnsResponder responder, TimeProvider time, ILogger log)
    {
        (_udp, _responder, _time, _log) = (udp, responder, time, log);
        Endpoint = (IPEndPoint)udp.LocalEndPoint!;
        _tcp = new TcpService(tcp, MaxConnections, ServeAsync, time, log);
        _receiving = Task.Run(ReceiveAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Listens; the responder is taken over. Throws <see cref="SocketException"/> where the port is taken.</summary>
    /// <param name="at">Port 0 picks one that is free for both protocols.</param>
    public static DnsServer Start(IPEndPoint at, DnsResponder responder, TimeProvider time, ILogger log)
    {
        var tcp = ServiceSockets.Tcp(at);
        try
        {
            return new DnsServer(ServiceSockets.Udp((IPEndPoint)tcp.LocalEndPoint!), tcp, responder, time, log);
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Serves on sockets that are bound and listen already, such as those of another network namespace. Sockets and responder are taken over.</summary>
    public static DnsServer Start(Socket udp, Socket tcp, DnsResponder responder, TimeProvider time, ILogger log) => new(udp, tcp, responder, time, log);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _tcp.DisposeAsync();
        _udp.Dispose();
        await _receiving;
        _end.Dispose();
        _responder.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[MaxQuery];
        var anyone = new IPEndPoint(Endpoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, anyone, _end.Token);
                var asker = (IPEndPoint)received.RemoteEndPoint;
                var answer = _responder.RespondAsync(buffer.AsMemory(0, received.ReceivedBytes), asker.Address, overTcp: false, _end.Token);
                await (answer.IsCompletedSuccessfully ? SendAsync(Task.FromResult(answer.Result), asker) : SendLater(answer.AsTask(), asker));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                LogReceive(e.SocketErrorCode);
                await Task.Delay(AfterError, _time, CancellationToken.None);
            }
#pragma warning disable CA1031 // One packet must never end the service.
            catch (Exception e)
            {
                LogDefect(e);
            }
#pragma warning restore CA1031
        }
    }

    private Task SendLater(Task<byte[]?> answer, IPEndPoint asker)
    {
        _ = SendAsync(answer, asker);
        return Task.CompletedTask;
    }

    private async Task SendAsync(Task<byte[]?> answer, IPEndPoint asker)
    {
        try
        {
            if (await answer is { } bytes) await _udp.SendToAsync(bytes, SocketFlags.None, asker, _end.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The asker went away, or we end.
        }
#pragma warning disable CA1031 // One packet must never end the service.
        catch (Exception e)
        {
            LogDefect(e);
        }
#pragma warning restore CA1031
    }

    private async Task ServeAsync(Stream stream, IPAddress asker, CancellationToken cancel)
    {
        while (true)
        {
            var packet = await WithinAsync(limit => DnsStream.ReadAsync(stream, MaxQuery, limit), cancel);
            if (packet is null || await _responder.RespondAsync(packet, asker, overTcp: true, cancel) is not { } answer) return;
            await WithinAsync(async limit => { await DnsStream.WriteAsync(stream, answer, limit); return answer; }, cancel);
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancel)
    {
        using var idle = new CancellationTokenSource(Idle, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancel);
        return await step(either.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Receiving DNS questions failed: {Error}")]
    private partial void LogReceive(SocketError error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A DNS question ended in a defect")]
    private partial void LogDefect(Exception e);
}
