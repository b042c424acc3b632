using System.Net;
using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using System.Text;

namespace Drover.Agent.Docker.HostNetwork;

/// <summary>
/// A request to the kernel's routing tables in its own layout (rtnetlink, RFC 3549): a header, a fixed part, and attributes
/// that may hold attributes. Numbers are in the machine's byte order, addresses in the network's.
/// </summary>
internal sealed class RouteMessage
{
    public const ushort NewLink = 16, DeleteLink = 17, NewAddress = 20, NewRoute = 24;

    private const ushort Request = 1, Acknowledge = 4, Replace = 0x100, Exclusive = 0x200, Create = 0x400;
    private const int HeaderLength = 16;
    private const ushort IfName = 3, Master = 10, LinkInfo = 18, NamespaceFile = 28, Kind = 1, Data = 2, Peer = 1;
    private const ushort Local = 2, Address = 1, Destination = 1, OutInterface = 4, Gateway = 5;
    private const byte Inet = 2, HostPrefix = 32, LinkScope = 253, MainTable = 254, StaticRoute = 4, Unicast = 1, OnLink = 4;
    private const uint Up = 1;

    private readonly List<byte> _bytes = [.. new byte[HeaderLength]];

    private RouteMessage(ushort type, ushort flags)
    {
        Write(4, type);
        Write(6, (ushort)(Request | Acknowledge | flags));
        Write(8, 1u);
    }

    /// <summary>Two ends of a cable: one here, one in another namespace.</summary>
    /// <param name="name">The end here.</param>
    /// <param name="peer">The end there.</param>
    /// <param name="namespaceFile">An open file of that namespace.</param>
    /// <param name="peerAddress">The hardware address of the end there.</param>
    public static RouteMessage AddCable(string name, string peer, int namespaceFile, PhysicalAddress peerAddress) =>
        new RouteMessage(NewLink, Create | Exclusive).Link(0, 0).Text(IfName, name).Nested(LinkInfo, info => info
            .Text(Kind, "veth").Nested(Data, data => data
                .Nested(Peer, end => end.Link(0, 0).Text(IfName, peer).Number(NamespaceFile, (uint)namespaceFile)
                    .Bytes(Address, peerAddress.GetAddressBytes()))));

    /// <summary>Switches an interface on, as a port of a bridge if one is given.</summary>
    public static RouteMessage SwitchOn(uint link, uint? bridge = null)
    {
        var message = new RouteMessage(NewLink, 0).Link(link, Up);
        return bridge is { } port ? message.Number(Master, port) : message;
    }

    public static RouteMessage Remove(uint link) => new RouteMessage(DeleteLink, 0).Link(link, 0);

    /// <summary>An address of its own, without a network around it.</summary>
    public static RouteMessage AddAddress(uint link, IPAddress address)
    {
        var message = new RouteMessage(NewAddress, Create | Replace);
        message._bytes.AddRange([Inet, HostPrefix, 0, 0]);
        return message.Append(link).Ip(Local, address).Ip(Address, address);
    }

    /// <summary>Where one address is found: on this interface.</summary>
    public static RouteMessage RouteTo(IPAddress address, uint link) =>
        Route(HostPrefix, LinkScope, 0).Ip(Destination, address).Number(OutInterface, link);

    /// <summary>Where all else is sent; the gateway need not be in a network of the interface.</summary>
    public static RouteMessage DefaultRoute(IPAddress gateway, uint link) =>
        Route(0, 0, OnLink).Ip(Gateway, gateway).Number(OutInterface, link);

    public byte[] ToArray()
    {
        Write(0, (uint)_bytes.Count);
        return [.. _bytes];
    }

    private static RouteMessage Route(byte prefix, byte scope, uint flags)
    {
        var message = new RouteMessage(NewRoute, Create | Replace);
        message._bytes.AddRange([Inet, prefix, 0, 0, MainTable, StaticRoute, scope, Unicast]);
        return message.Append(flags);
    }

    private RouteMessage Link(uint index, uint on) => Append(0u).Append(index).Append(on).Append(on);

    private RouteMessage Text(ushort type, string text) => Bytes(type, [.. Encoding.ASCII.GetBytes(text), 0]);

    private RouteMessage Number(ushort type, uint number) => Nested(type, inner => inner.Append(number));

    private RouteMessage Ip(ushort type, IPAddress address) => Bytes(type, address.GetAddressBytes());

    private RouteMessage Bytes(ushort type, byte[] bytes) => Nested(type, inner => inner._bytes.AddRange(bytes));

    private RouteMessage Nested(ushort type, Action<RouteMessage> content)
    {
        var start = _bytes.Count;
        Append(0u);
        content(this);
        Write(start, (ushort)(_bytes.Count - start));
        Write(start + 2, type);
        while (_bytes.Count % 4 != 0) _bytes.Add(0);
        return this;
    }

    private RouteMessage Append(uint number)
    {
        _bytes.AddRange([0, 0, 0, 0]);
        Write(_bytes.Count - 4, number);
        return this;
    }

    private void Write<T>(int at, T number) where T : unmanaged =>
        MemoryMarshal.Write(CollectionsMarshal.AsSpan(_bytes)[at..], number);
}
