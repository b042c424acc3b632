using System.Net;
using System.Net.Sockets;

namespace Drover.Testing;

/// <summary>Carries connections from one network to another: from an address on the switch to a port of this machine's loopback, or from loopback into a namespace.</summary>
public sealed class LabRelay : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    internal LabRelay(Socket listener, int loopbackPort)
        : this(listener, cancellation => ConnectAsync(loopbackPort, cancellation))
    {
    }

    internal LabRelay(Socket listener, Func<CancellationToken, Task<Socket>> connect)
    {
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(connect);
    }

    /// <summary>The port that is connected to; on the switch, at <see cref="DockerLab.Address"/>.</summary>
    public int Port { get; }

    /// <summary>Ends all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync(Func<CancellationToken, Task<Socket>> connect)
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                carrying.Add(CarryAsync(await _listener.AcceptAsync(_ending.Token), connect));
                carrying.RemoveAll(task => task.IsCompleted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carrying);
        }
    }

    private static async Task<Socket> ConnectAsync(int loopbackPort, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, loopbackPort, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task CarryAsync(Socket near, Func<CancellationToken, Task<Socket>> connect)
    {
        using (near)
        {
            try
            {
                using var far = await connect(_ending.Token);
                await Task.WhenAll(PumpAsync(near, far), PumpAsync(far, near));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // One side went away: both ends are closed, as a cable would have it.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer, _ending.Token)) > 0)
        {
            for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _ending.Token);
        }
        to.Shutdown(SocketShutdown.Send);
    }
}
