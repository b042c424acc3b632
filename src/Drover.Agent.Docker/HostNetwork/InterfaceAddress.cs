using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>
/// Gives an interface of this host one more IPv4 address, by the kernel's own protocol (rtnetlink, RFC 3549): no program
/// such as <c>ip</c> is needed beside the agent. Needs CAP_NET_ADMIN.
/// </summary>
internal static partial class InterfaceAddress
{
    private const int NetlinkFamily = 16, RawSocket = 3, CloseOnExec = 0x80000, RouteProtocol = 0;
    private const ushort NewAddress = 20, Error = 2, AddressAttribute = 1, LocalAttribute = 2;
    private const ushort Request = 1, Acknowledge = 4, Replace = 0x100, Create = 0x400;
    private const byte Inet = 2, HostPrefix = 32, LinkScope = 253;

    // nlmsghdr 16, ifaddrmsg 8, two rtattr of 4 + 4
    private const int Length = 40;

    /// <summary>Makes the interface have the address; no error when it has it. Throws <see cref="RuntimeException"/>, not found when there is no such interface.</summary>
    public static void Ensure(string name, IPAddress address)
    {
        var index = InterfaceIndex(name);
        if (index == 0) throw new RuntimeException(RuntimeFailure.NotFound, $"This host has no interface {name}");
        var socket = OpenSocket(NetlinkFamily, RawSocket | CloseOnExec, RouteProtocol);
        if (socket < 0) throw Failed(name, address, Marshal.GetLastPInvokeError());
        try
        {
            var error = Exchange(socket, Message(index, address));
            if (error != 0) throw Failed(name, address, error);
        }
        finally
        {
            _ = CloseSocket(socket);
        }
    }

    /// <summary>The request in the kernel's layout. An address of link scope is never picked as the source of other traffic.</summary>
    internal static byte[] Message(uint index, IPAddress address)
    {
        var message = new byte[Length];
        var span = message.AsSpan();
        MemoryMarshal.Write(span, (uint)Length);
        MemoryMarshal.Write(span[4..], NewAddress);
        MemoryMarshal.Write(span[6..], (ushort)(Request | Acknowledge | Create | Replace));
        MemoryMarshal.Write(span[8..], 1u);
        (span[16], span[17], span[19]) = (Inet, HostPrefix, LinkScope);
        MemoryMarshal.Write(span[20..], index);
        WriteAttribute(span[24..], LocalAttribute, address);
        WriteAttribute(span[32..], AddressAttribute, address);
        return message;
    }

    private static void WriteAttribute(Span<byte> at, ushort type, IPAddress address)
    {
        MemoryMarshal.Write(at, (ushort)8);
        MemoryMarshal.Write(at[2..], type);
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()));
    }

    /// <summary>Sends the request and reads the kernel's acknowledgement: 0, or the number of the error.</summary>
    private static int Exchange(int socket, byte[] message)
    {
        if (Send(socket, message, message.Length, 0) != message.Length) return Marshal.GetLastPInvokeError();
        var answer = new byte[256];
        var read = Receive(socket, answer, answer.Length, 0);
        if (read < 20) return Marshal.GetLastPInvokeError();
        return MemoryMarshal.Read<ushort>(answer.AsSpan(4)) == Error ? -MemoryMarshal.Read<int>(answer.AsSpan(16)) : 0;
    }

    private static RuntimeException Failed(string name, IPAddress address, int error) =>
        new(RuntimeFailure.Failed, $"{address} cannot be added to {name}: {Marshal.GetPInvokeErrorMessage(error)}");

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
}
