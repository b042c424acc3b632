using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Drover.Testing;

/// <summary>
/// Sockets of this process in another network namespace. A socket belongs to the namespace of the thread that made
/// it and stays there, so one short-lived thread enters, makes it and ends; any thread may use it afterwards.
/// </summary>
internal static partial class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    public static Socket Listen(string path, int port)
    {
        var socket = CreateSocket(path);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Parse(DockerLab.Address), port));
        socket.Listen();
        return socket;
    }

    public static async Task<Socket> ConnectAsync(string path, string address, int port, CancellationToken cancellation)
    {
        var socket = CreateSocket(path);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Runs an action on a thread inside the namespace and hands on what it throws.</summary>
    public static void Run(string path, Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle(path);
                if (SetNamespace(file, CloneNewNet) != 0)
                    throw new LabException($"cannot enter {path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
                action();
            }
#pragma warning disable CA1031 // whatever it is, the caller's thread throws it
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static Socket CreateSocket(string path)
    {
        Socket? socket = null;
        Run(path, () => socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        return socket!;
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
