using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>The calls to the kernel that .NET has no words for. What concerns a namespace is that of the calling thread.</summary>
internal static partial class Kernel
{
    private const int NetlinkFamily = 16, RawSocket = 3, CloseOnExec = 0x80000, NewNetwork = 0x40000000;
    private const ushort ErrorMessage = 2;
    private const int AnswerHead = 20, ErrorAt = 16;

    /// <summary>The number of an interface; 0 when there is none of this name.</summary>
    public static uint Interface(string name) => InterfaceIndex(name);

    /// <summary>Sends a request and waits for its acknowledgement; returns 0 or the number of the error.</summary>
    public static int Ask(RouteMessage message)
    {
        var socket = OpenSocket(NetlinkFamily, RawSocket | CloseOnExec, 0);
        if (socket < 0) return Marshal.GetLastPInvokeError();
        try
        {
            var bytes = message.ToArray();
            if (Send(socket, bytes, bytes.Length, 0) != bytes.Length) return Marshal.GetLastPInvokeError();
            var answer = new byte[4096];
            if (Receive(socket, answer, answer.Length, 0) < AnswerHead) return Marshal.GetLastPInvokeError();
            return MemoryMarshal.Read<ushort>(answer.AsSpan(4)) == ErrorMessage ? -MemoryMarshal.Read<int>(answer.AsSpan(ErrorAt)) : 0;
        }
        finally
        {
            _ = CloseSocket(socket);
        }
    }

    /// <summary>Does it; throws failed with the kernel's words and the name of what was tried.</summary>
    public static void Do(string what, RouteMessage message) => Check(what, Ask(message));

    /// <summary>Puts the calling thread into a fresh network of its own.</summary>
    public static void LeaveNetwork() => Check("A network of its own", Unshare(NewNetwork) == 0 ? 0 : Marshal.GetLastPInvokeError());

    /// <summary>Puts the calling thread into another network.</summary>
    public static void EnterNetwork(SafeFileHandle network) =>
        Check("Entering the network", SetNamespace(network, NewNetwork) == 0 ? 0 : Marshal.GetLastPInvokeError());

    private static void Check(string what, int error)
    {
        if (error != 0) throw new RuntimeException(RuntimeFailure.Failed, $"{what}: {Marshal.GetPInvokeErrorMessage(error)} (the agent needs CAP_NET_ADMIN and CAP_SYS_ADMIN)");
    }

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte[] bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte[] bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseSocket(int socket);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
