using System.Net;
using System.Net.Sockets;

namespace Drover.Testing;

/// <summary>Carries connections from an address on the switch to a port of this machine's loopback.</summary>
public sealed class LabRelay : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    internal LabRelay(Socket listener, int loopbackPort)
    {
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(loopbackPort);
    }

    /// <summary>The port at <see cref="DockerLab.Address"/> that the hosts connect to.</summary>
    public int Port { get; }

    /// <summary>Ends all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync(int loopbackPort)
    {
        var carrying = new List<Task>();
        try
        {
            while (true)
            {
                carrying.Add(CarryAsync(await _listener.AcceptAsync(_ending.Token), loopbackPort));
                carrying.RemoveAll(task => task.IsCompleted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(Socket near, int loopbackPort)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (near)
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, loopbackPort, _ending.Token);
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
