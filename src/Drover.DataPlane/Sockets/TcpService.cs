using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Drover.DataPlane.Sockets;

/// <summary>Accepts connections and serves each, so many at a time; the rest wait in the kernel's queue.</summary>
public sealed partial class TcpService : IAsyncDisposable
{
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(50);

    private readonly Socket _listener;
    private readonly Func<Stream, IPAddress, CancellationToken, Task> _serve;
    private readonly SemaphoreSlim _free;
    private readonly int _places;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    /// <param name="listener">Is taken over.</param>
    /// <param name="maxConnections">Served at one time.</param>
    /// <param name="serve">Serves one connection to its end; may throw what sockets throw.</param>
    /// <param name="time">Measures the pause after an accept that failed.</param>
    /// <param name="log">Gets what should not happen.</param>
    public TcpService(Socket listener, int maxConnections, Func<Stream, IPAddress, CancellationToken, Task> serve, TimeProvider time, ILogger log)
    {
        (_listener, _serve, _time, _log, _places) = (listener, serve, time, log, maxConnections);
        _free = new SemaphoreSlim(maxConnections);
        _accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        for (var i = 0; i < _places; i++) await _free.WaitAsync();
        _free.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await _free.WaitAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                var connection = await _listener.AcceptAsync(_end.Token);
                _ = ServeAsync(connection);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                _free.Release();
                return;
            }
            catch (SocketException e)
            {
                _free.Release();
                LogAccept(e.SocketErrorCode);
                await Task.Delay(AfterError, _time, CancellationToken.None);
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            await Task.Yield();
            await using var stream = new NetworkStream(connection, ownsSocket: true);
            if (connection.RemoteEndPoint is IPEndPoint remote) await _serve(stream, remote.Address, _end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The client went away, took too long, or we end.
        }
#pragma warning disable CA1031 // One connection must never end the service.
        catch (Exception e)
        {
            LogDefect(e);
        }
#pragma warning restore CA1031
        finally
        {
            _free.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Accepting a connection failed: {Error}")]
    private partial void LogAccept(SocketError error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection ended in a defect")]
    private partial void LogDefect(Exception e);
}
