using System.Net.Sockets;

namespace Drover.Server;

/// <summary>The server cannot listen where it was told to; the message names the address and what to do.</summary>
public sealed class ListenException(string listen, SocketException refused) : Exception($"cannot listen on {listen}: {Advice(refused)}", refused)
{
    /// <summary>The socket's refusal behind what the framework threw; null where something else failed.</summary>
    public static SocketException? Behind(Exception? thrown) => thrown is null or SocketException ? (SocketException?)thrown : Behind(thrown.InnerException);

    private static string Advice(SocketException refused) => refused.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "another program listens there (`ss -ltnp` shows which); end it, or name another port with --listen",
        SocketError.AccessDenied => "ports below 1024 need root; run as root, or name a higher port with --listen",
        SocketError.AddressNotAvailable => "this machine has no such address (`ip address` shows what it has); name another with --listen",
        _ => refused.Message,
    };
}
